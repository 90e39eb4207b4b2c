package main

import (
	"fmt"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

func (b *Bench) changeHost(name string, state HostState) error {
	host, ok := b.find("HostSystem", name).(*simulator.HostSystem)
	if !ok {
		return fmt.Errorf("no host is named %s", name)
	}
	b.lock(host, func() {
		if state.MemoryMiB != nil && host.Hardware != nil {
			host.Hardware.MemorySize = *state.MemoryMiB << 20
			host.Summary.Hardware.MemorySize = *state.MemoryMiB << 20
		}
		if state.UsedMiB != nil {
			host.Summary.QuickStats.OverallMemoryUsage = *state.UsedMiB
		}
		if state.Connection != nil {
			host.Runtime.ConnectionState = types.HostSystemConnectionState(*state.Connection)
		}
		if state.Maintenance != nil {
			host.Runtime.InMaintenanceMode = *state.Maintenance
		}
	})
	if state.Licence != nil {
		b.assignLicence(host.Self, *state.Licence)
	}
	return nil
}

func (b *Bench) changeDatastore(name string, state DatastoreState) error {
	store, ok := b.find("Datastore", name).(*simulator.Datastore)
	if !ok {
		return fmt.Errorf("no datastore is named %s", name)
	}
	if state.Type == nil && store.Summary.Type == "OTHER" {
		vmfs := "VMFS"
		state.Type = &vmfs
	}
	b.lock(store, func() {
		if state.Type != nil {
			// The library keeps files of a vsan datastore by another rule, so only the summary says so.
			store.Summary.Type = *state.Type
		}
		if state.CapacityGiB != nil {
			store.Summary.Capacity = *state.CapacityGiB << 30
		}
		if state.FreeGiB != nil {
			store.Summary.FreeSpace = *state.FreeGiB << 30
			store.Info.GetDatastoreInfo().FreeSpace = store.Summary.FreeSpace
		}
		if state.Accessible != nil {
			store.Summary.Accessible = *state.Accessible
		}
		if state.Maintenance != nil {
			store.Summary.MaintenanceMode = *state.Maintenance
		}
		for index := range store.Host {
			mount, named := state.Mounts[b.nameOf(store.Host[index].Key)]
			if !named {
				continue
			}
			info := &store.Host[index].MountInfo
			setText(&info.AccessMode, mount.AccessMode)
			if mount.Mounted != nil {
				info.Mounted = mount.Mounted
			}
			if mount.Accessible != nil {
				info.Accessible = mount.Accessible
			}
		}
	})
	return nil
}

func (b *Bench) changePod(name string, state PodState) error {
	pod, ok := b.find("StoragePod", name).(*simulator.StoragePod)
	if !ok {
		return fmt.Errorf("no pod is named %s", name)
	}
	var excluded []types.StorageDrsVmConfigInfo
	for _, each := range state.Excluded {
		for _, machine := range b.machines(each) {
			reference := machine.Self
			excluded = append(excluded, types.StorageDrsVmConfigInfo{Vm: &reference, Enabled: types.NewBool(false)})
		}
	}
	b.lock(pod, func() {
		if pod.PodStorageDrsEntry == nil {
			pod.PodStorageDrsEntry = &types.PodStorageDrsEntry{}
		}
		config := &pod.PodStorageDrsEntry.StorageDrsConfig
		if state.Enabled != nil {
			config.PodConfig.Enabled = *state.Enabled
		}
		if state.Excluded != nil {
			config.VmConfig = excluded
		}
	})
	return nil
}
