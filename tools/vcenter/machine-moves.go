package main

import (
	"fmt"
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// move does vMotion and Storage vMotion at once; the library needs the host to mount the machine's datastores.
func (b *Bench) move(machine *simulator.VirtualMachine, state MachineState) error {
	if state.Host != nil {
		if err := b.moveToHost(machine, *state.Host); err != nil {
			return err
		}
	}
	if state.Datastore != nil {
		if err := b.moveToDatastore(machine, *state.Datastore); err != nil {
			return err
		}
	}
	return nil
}

// checkMounts refuses an inventory in which a machine lies where its host cannot see it.
func (b *Bench) checkMounts() error {
	for _, each := range b.entities("VirtualMachine") {
		machine := each.(*simulator.VirtualMachine)
		host := b.model.Map().Get(*machine.Runtime.Host).(*simulator.HostSystem)
		for _, store := range machine.Datastore {
			if simulator.FindReference(host.Datastore, store) == nil {
				return fmt.Errorf("machine %s lies on %s, which its host %s does not mount",
					b.nameOf(machine.Self), b.nameOf(store), host.Name)
			}
		}
	}
	return nil
}

func (b *Bench) moveToHost(machine *simulator.VirtualMachine, name string) error {
	target, ok := b.find("HostSystem", name).(*simulator.HostSystem)
	if !ok {
		return fmt.Errorf("no host is named %s", name)
	}
	for _, each := range b.entities("HostSystem") {
		host := each.(*simulator.HostSystem)
		b.lock(host, func() { simulator.RemoveReference(&host.Vm, machine.Self) })
	}
	b.lock(target, func() { target.Vm = append(target.Vm, machine.Self) })
	b.lock(machine, func() {
		machine.Runtime.Host = &target.Self
		machine.Summary.Runtime.Host = &target.Self
	})
	return nil
}

// moveToDatastore does what Storage vMotion does: all files lie in the other datastore.
func (b *Bench) moveToDatastore(machine *simulator.VirtualMachine, name string) error {
	target, ok := b.find("Datastore", name).(*simulator.Datastore)
	if !ok {
		return fmt.Errorf("no datastore is named %s", name)
	}
	if len(machine.Datastore) == 1 && machine.Datastore[0] == target.Self {
		return nil
	}
	host := b.model.Map().Get(*machine.Runtime.Host).(*simulator.HostSystem)
	if simulator.FindReference(host.Datastore, target.Self) == nil {
		return fmt.Errorf("host %s does not mount %s", host.Name, name)
	}
	for _, each := range b.entities("Datastore") {
		store := each.(*simulator.Datastore)
		b.lock(store, func() { simulator.RemoveReference(&store.Vm, machine.Self) })
	}
	b.lock(target, func() { target.Vm = append(target.Vm, machine.Self) })
	moved := func(file string) string {
		_, rest, _ := strings.Cut(file, "]")
		return "[" + name + "]" + rest
	}
	b.lock(machine, func() {
		machine.Datastore = []types.ManagedObjectReference{target.Self}
		machine.Config.Files.VmPathName = moved(machine.Config.Files.VmPathName)
		machine.Summary.Config.VmPathName = machine.Config.Files.VmPathName
		for _, each := range disksOf(machine) {
			backing := fileBackingOf(each)
			backing.FileName = moved(backing.FileName)
			backing.Datastore = &target.Self
		}
	})
	return nil
}
