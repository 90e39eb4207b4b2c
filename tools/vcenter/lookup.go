package main

import (
	"sort"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// entities lists all of a kind in the order in which they were made.
func (b *Bench) entities(kind string) []mo.Entity {
	list := b.model.Map().All(kind)
	sort.Slice(list, func(i, j int) bool {
		left, right := list[i].Reference().Value, list[j].Reference().Value
		if len(left) != len(right) {
			return len(left) < len(right)
		}
		return left < right
	})
	return list
}

// find gives a host, datastore or pod by its name; nil when there is none.
func (b *Bench) find(kind string, name string) mo.Reference {
	reference, known := b.names[kind+" "+name]
	if !known {
		return nil
	}
	return b.model.Map().Get(reference)
}

// machines gives those of this name or managed object id.
func (b *Bench) machines(name string) []*simulator.VirtualMachine {
	var found []*simulator.VirtualMachine
	for _, each := range b.entities("VirtualMachine") {
		machine := each.(*simulator.VirtualMachine)
		if machine.Name == escapeName(name) || machine.Self.Value == name {
			found = append(found, machine)
		}
	}
	return found
}

// nameOf gives the name under which a scenario knows an object; empty for others.
func (b *Bench) nameOf(reference types.ManagedObjectReference) string {
	if entity, ok := b.model.Map().Get(reference).(mo.Entity); ok {
		return unescapeName(entity.Entity().Name)
	}
	return ""
}

// lock runs a change while nobody reads the object.
func (b *Bench) lock(target mo.Reference, change func()) {
	b.model.Service.Context.WithLock(target, change)
}
