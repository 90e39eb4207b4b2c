package main

import (
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/types"
)

// changeMachine sets what is given; the library's own rules, such as refusals by power state, are not asked.
func (b *Bench) changeMachine(machine *simulator.VirtualMachine, state MachineState) error {
	if state.Snapshot != nil {
		if err := b.setSnapshot(machine, *state.Snapshot); err != nil {
			return err
		}
	}
	if err := b.move(machine, state); err != nil {
		return err
	}
	b.lock(machine, func() {
		setText(&machine.Config.Uuid, state.BiosUUID)
		setText(&machine.Summary.Config.Uuid, state.BiosUUID)
		setText(&machine.Config.InstanceUuid, state.InstanceUUID)
		setText(&machine.Summary.Config.InstanceUuid, state.InstanceUUID)
		setText(&machine.Config.GuestId, state.GuestID)
		if state.Rename != nil {
			machine.Name = escapeName(*state.Rename)
			machine.Config.Name, machine.Summary.Config.Name = machine.Name, machine.Name
		}
		if state.MemoryMiB != nil {
			machine.Config.Hardware.MemoryMB = *state.MemoryMiB
			machine.Summary.Config.MemorySizeMB = *state.MemoryMiB
		}
		if state.Processors != nil {
			machine.Config.Hardware.NumCPU = *state.Processors
			machine.Summary.Config.NumCpu = *state.Processors
		}
		disks := disksOf(machine)
		for index, value := range state.DiskUUIDs {
			if index < len(disks) {
				setDiskUUID(disks[index], value)
			}
		}
		for key, value := range state.ExtraConfig {
			setExtraConfig(machine, key, value)
		}
		setPowerAndGuest(machine, state)
	})
	if state.Removed != nil && *state.Removed {
		b.removeMachine(machine)
	}
	return nil
}

func setPowerAndGuest(machine *simulator.VirtualMachine, state MachineState) {
	words := map[string]types.VirtualMachinePowerState{
		"on": types.VirtualMachinePowerStatePoweredOn, "off": types.VirtualMachinePowerStatePoweredOff,
		"suspended": types.VirtualMachinePowerStateSuspended,
	}
	setText(&machine.Guest.GuestFamily, state.GuestFamily)
	if state.Power != nil {
		power, known := words[*state.Power]
		if !known {
			power = types.VirtualMachinePowerState(*state.Power)
		}
		machine.Runtime.PowerState, machine.Summary.Runtime.PowerState = power, power
		if state.ToolsRunning == nil {
			running := power == types.VirtualMachinePowerStatePoweredOn
			state.ToolsRunning = &running
		}
	}
	if state.ToolsRunning != nil {
		status := types.VirtualMachineToolsRunningStatusGuestToolsNotRunning
		if *state.ToolsRunning {
			status = types.VirtualMachineToolsRunningStatusGuestToolsRunning
		}
		machine.Guest.ToolsRunningStatus = string(status)
	}
	if state.GuestVolumes != nil {
		machine.Guest.Disk = nil
	}
	for _, each := range state.GuestVolumes {
		machine.Guest.Disk = append(machine.Guest.Disk, types.GuestDiskInfo{
			DiskPath: each.Path, Capacity: each.SizeGiB << 30, FreeSpace: each.FreeGiB << 30,
			FilesystemType: each.FileSystem,
		})
	}
}

func setExtraConfig(machine *simulator.VirtualMachine, key string, value string) {
	for _, each := range machine.Config.ExtraConfig {
		if option := each.GetOptionValue(); option.Key == key {
			option.Value = value
			return
		}
	}
	machine.Config.ExtraConfig = append(machine.Config.ExtraConfig, &types.OptionValue{Key: key, Value: value})
}

func (b *Bench) setSnapshot(machine *simulator.VirtualMachine, wanted bool) error {
	context := b.model.Service.Context
	client, err := vim25.NewClient(context, b.model.Service)
	if err != nil {
		return err
	}
	if wanted == (machine.Snapshot != nil) {
		return nil
	}
	reference := object.NewVirtualMachine(client, machine.Self)
	var task *object.Task
	if wanted {
		task, err = reference.CreateSnapshot(context, "before the update", "", false, false)
	} else {
		task, err = reference.RemoveAllSnapshot(context, nil)
	}
	if err != nil {
		return err
	}
	return task.Wait(context)
}

func (b *Bench) removeMachine(machine *simulator.VirtualMachine) {
	registry := b.model.Map()
	for _, each := range b.entities("") {
		switch holder := each.(type) {
		case *simulator.Folder:
			simulator.RemoveReference(&holder.ChildEntity, machine.Self)
		case *simulator.HostSystem:
			simulator.RemoveReference(&holder.Vm, machine.Self)
		case *simulator.Datastore:
			simulator.RemoveReference(&holder.Vm, machine.Self)
		}
	}
	registry.Remove(b.model.Service.Context, machine.Self)
}

func setText(target *string, value *string) {
	if value != nil {
		*target = *value
	}
}
