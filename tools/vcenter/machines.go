package main

import (
	"fmt"
	"strings"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/types"
)

func (b *Bench) createMachines(client *vim25.Client) error {
	for _, each := range b.scenario.Machines {
		names := machineNames(each)
		created, err := b.createMachine(client, each, names[0])
		if err != nil {
			return fmt.Errorf("machine %s: %w", each.Name, err)
		}
		state := each.MachineState
		if state.Power == nil {
			state.Power = word("on")
		}
		if state.GuestFamily == nil {
			state.GuestFamily = word("linuxGuest")
		}
		if err := b.changeMachine(created, state); err != nil {
			return fmt.Errorf("machine %s: %w", each.Name, err)
		}
		// The library takes 25 ms per machine; copies in its registry take none.
		all := []*simulator.VirtualMachine{created}
		for _, name := range names[1:] {
			all = append(all, b.copyMachine(created, name))
		}
		for index, identity := range each.Identities {
			if index >= len(all) {
				break
			}
			if err := b.changeMachine(all[index], MachineState{
				BiosUUID: identity.BiosUUID, InstanceUUID: identity.InstanceUUID, DiskUUIDs: identity.DiskUUIDs,
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

// machineNames numbers the machines of a count, with as many digits as the last one has.
func machineNames(machine Machine) []string {
	if machine.Count == 0 {
		return []string{machine.Name}
	}
	var names []string
	digits := len(fmt.Sprint(machine.Count))
	for number := 1; number <= machine.Count; number++ {
		names = append(names, fmt.Sprintf("%s%0*d", machine.Name, digits, number))
	}
	return names
}

func (b *Bench) createMachine(client *vim25.Client, machine Machine, name string) (*simulator.VirtualMachine, error) {
	context := b.model.Service.Context
	datastore := b.scenario.Datastores[0].Name
	if machine.Datastore != nil {
		datastore = *machine.Datastore
	}
	hostName := b.scenario.Hosts[0].Name
	if machine.Host != nil {
		hostName = *machine.Host
	}
	reference, known := b.names["HostSystem "+hostName]
	if !known {
		return nil, fmt.Errorf("no host is named %s", hostName)
	}
	host := object.NewHostSystem(client, reference)
	pool, err := host.ResourcePool(context)
	if err != nil {
		return nil, err
	}
	folder, err := b.folder(client, machine.Folder)
	if err != nil {
		return nil, err
	}
	spec := types.VirtualMachineConfigSpec{
		Name:    fileName(name),
		GuestId: string(types.VirtualMachineGuestOsIdentifierOtherGuest64),
		Files:   &types.VirtualMachineFileInfo{VmPathName: "[" + datastore + "]"},
	}
	if spec.DeviceChange, err = b.devices(machine, datastore); err != nil {
		return nil, err
	}
	task, err := folder.CreateVM(context, spec, pool, host)
	if err != nil {
		return nil, err
	}
	info, err := task.WaitForResult(context, nil)
	if err != nil {
		return nil, err
	}
	created := b.model.Map().Get(info.Result.(types.ManagedObjectReference)).(*simulator.VirtualMachine)
	refineDisks(created, machine.Disks)
	created.Name = escapeName(name)
	created.Config.Name, created.Summary.Config.Name = created.Name, created.Name
	return created, nil
}

// folder gives the folder of this name among the machines, made when it is new.
func (b *Bench) folder(client *vim25.Client, name string) (*object.Folder, error) {
	context := b.model.Service.Context
	center := object.NewDatacenter(client, b.entities("Datacenter")[0].Reference())
	folders, err := center.Folders(context)
	if err != nil || name == "" {
		return folders.VmFolder, err
	}
	for _, each := range b.entities("Folder") {
		if folder := each.(*simulator.Folder); folder.Name == name {
			return object.NewFolder(client, folder.Self), nil
		}
	}
	return folders.VmFolder.CreateFolder(context, name)
}

// copyMachine registers a machine like another: it answers reads, power changes and reconfigurations.
func (b *Bench) copyMachine(original *simulator.VirtualMachine, name string) *simulator.VirtualMachine {
	machine := &simulator.VirtualMachine{DataSets: map[string]*simulator.DataSet{}}
	machine.VirtualMachine = deepCopy(original.VirtualMachine)
	registry := b.model.Map()
	machine.Self = types.ManagedObjectReference{Type: "VirtualMachine"}
	registry.NewEntity(machine)
	machine.Summary.Vm = &machine.Self
	machine.Name, machine.Config.Name, machine.Summary.Config.Name = name, name, name
	machine.Config.Uuid = derivedUUID(name, "bios")
	machine.Config.InstanceUuid = derivedUUID(name, "instance")
	machine.Summary.Config.Uuid, machine.Summary.Config.InstanceUuid = machine.Config.Uuid, machine.Config.InstanceUuid
	rename := func(file string) string { return strings.ReplaceAll(file, original.Name, name) }
	machine.Config.Files.VmPathName = rename(machine.Config.Files.VmPathName)
	machine.Summary.Config.VmPathName = machine.Config.Files.VmPathName
	for index, each := range disksOf(machine) {
		backing := fileBackingOf(each)
		backing.FileName = rename(backing.FileName)
		if flat, ok := each.Backing.(*types.VirtualDiskFlatVer2BackingInfo); ok {
			flat.Uuid = derivedUUID(name, fmt.Sprintf("disk%d", index))
		}
	}
	registry.Put(machine)
	folder := registry.Get(*machine.Parent).(*simulator.Folder)
	folder.ChildEntity = append(folder.ChildEntity, machine.Self)
	host := registry.Get(*machine.Runtime.Host).(*simulator.HostSystem)
	host.Vm = append(host.Vm, machine.Self)
	for _, each := range machine.Datastore {
		store := registry.Get(each).(*simulator.Datastore)
		store.Vm = append(store.Vm, machine.Self)
	}
	return machine
}

func word(text string) *string { return &text }
