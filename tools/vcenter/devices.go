package main

import (
	"fmt"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

const gibibyteKB = 1 << 20

func (b *Bench) devices(machine Machine, datastore string) ([]types.BaseVirtualDeviceConfigSpec, error) {
	kinds := map[string]string{
		"ParaVirtualSCSIController":    "pvscsi",
		"VirtualLsiLogicController":    "lsilogic",
		"VirtualLsiLogicSASController": "lsilogic-sas",
		"VirtualBusLogicController":    "buslogic",
	}
	controllers := machine.Controllers
	if len(controllers) == 0 {
		controllers = []string{"ParaVirtualSCSIController"}
	}
	var devices object.VirtualDeviceList
	for _, each := range controllers {
		kind, known := kinds[each]
		if !known {
			return nil, fmt.Errorf("%s is no controller", each)
		}
		controller, err := devices.CreateSCSIController(kind)
		if err != nil {
			return nil, err
		}
		devices = append(devices, controller)
	}
	disks := machine.Disks
	if len(disks) == 0 {
		disks = []Disk{{SizeGiB: 10}}
	}
	for _, each := range disks {
		place := datastore
		if each.Datastore != "" {
			place = each.Datastore
		}
		disk := devices.CreateDisk(devices[0].(types.BaseVirtualController), types.ManagedObjectReference{}, "")
		// Without a path the library chooses a name beside the configuration file.
		fileBackingOf(disk).FileName = "[" + place + "]"
		disk.CapacityInKB = each.SizeGiB * gibibyteKB
		devices = append(devices, disk)
	}
	return devices.ConfigSpec(types.VirtualDeviceConfigSpecOperationAdd)
}

// refineDisks sets what the library does not take from a specification.
func refineDisks(machine *simulator.VirtualMachine, disks []Disk) {
	index := 0
	for _, device := range machine.Config.Hardware.Device {
		disk, ok := device.(*types.VirtualDisk)
		if !ok || index >= len(disks) {
			continue
		}
		backing := disk.Backing.(*types.VirtualDiskFlatVer2BackingInfo)
		if disks[index].UUID != "" {
			backing.Uuid = disks[index].UUID
		}
		if disks[index].RawDeviceMapping {
			disk.Backing = &types.VirtualDiskRawDiskMappingVer1BackingInfo{
				VirtualDeviceFileBackingInfo: backing.VirtualDeviceFileBackingInfo,
				LunUuid:                      "0200000000600508b1001c2f",
				DeviceName:                   "vml.0200000000600508b1001c2f",
				CompatibilityMode:            "virtualMode",
				Uuid:                         backing.Uuid,
			}
		}
		index++
	}
}
