package main

import (
	"github.com/google/uuid"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

func disksOf(machine *simulator.VirtualMachine) []*types.VirtualDisk {
	var disks []*types.VirtualDisk
	for _, each := range machine.Config.Hardware.Device {
		if disk, ok := each.(*types.VirtualDisk); ok {
			disks = append(disks, disk)
		}
	}
	return disks
}

func fileBackingOf(disk *types.VirtualDisk) *types.VirtualDeviceFileBackingInfo {
	switch backing := disk.Backing.(type) {
	case *types.VirtualDiskFlatVer2BackingInfo:
		return &backing.VirtualDeviceFileBackingInfo
	case *types.VirtualDiskRawDiskMappingVer1BackingInfo:
		return &backing.VirtualDeviceFileBackingInfo
	}
	return &types.VirtualDeviceFileBackingInfo{}
}

func setDiskUUID(disk *types.VirtualDisk, value string) {
	switch backing := disk.Backing.(type) {
	case *types.VirtualDiskFlatVer2BackingInfo:
		backing.Uuid = value
	case *types.VirtualDiskRawDiskMappingVer1BackingInfo:
		backing.Uuid = value
	}
}

// derivedUUID is the same for the same words in every run.
func derivedUUID(words ...string) string {
	text := ""
	for _, each := range words {
		text += each + "\x00"
	}
	return uuid.NewSHA1(uuid.NameSpaceOID, []byte(text)).String()
}
