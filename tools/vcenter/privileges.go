package main

import (
	"strings"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// privileges answers by the scenario's denials; the library grants everything to everybody.
type privileges struct {
	*simulator.AuthorizationManager
	bench *Bench
}

func (b *Bench) overridePrivileges() {
	registry := b.model.Map()
	reference := *b.model.ServiceContent.AuthorizationManager
	stock := registry.Get(reference).(*simulator.AuthorizationManager)
	registry.Put(&privileges{AuthorizationManager: stock, bench: b})
}

// granted tells whether a user has a privilege on an object.
func (b *Bench) granted(user string, privilege string, entity types.ManagedObjectReference) bool {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for _, each := range b.denied {
		if each.Privilege != privilege && (each.Privilege != "*" || strings.HasPrefix(privilege, "System.")) {
			continue
		}
		if each.User != "" && each.User != user {
			continue
		}
		if each.Object == "" || each.Object == b.nameOf(entity) {
			return false
		}
	}
	return true
}

func (p *privileges) available(user string, entities []types.ManagedObjectReference, ids []string) []types.EntityPrivilege {
	var answer []types.EntityPrivilege
	for _, entity := range entities {
		one := types.EntityPrivilege{Entity: entity}
		for _, id := range ids {
			one.PrivAvailability = append(one.PrivAvailability, types.PrivilegeAvailability{
				PrivId: id, IsGranted: p.bench.granted(user, id, entity),
			})
		}
		answer = append(answer, one)
	}
	return answer
}

func (p *privileges) HasPrivilegeOnEntities(ctx *simulator.Context, request *types.HasPrivilegeOnEntities) soap.HasFault {
	return &methods.HasPrivilegeOnEntitiesBody{Res: &types.HasPrivilegeOnEntitiesResponse{
		Returnval: p.available(ctx.Session.UserName, request.Entity, request.PrivId),
	}}
}

func (p *privileges) HasPrivilegeOnEntity(ctx *simulator.Context, request *types.HasPrivilegeOnEntity) soap.HasFault {
	var answer []bool
	for _, id := range request.PrivId {
		answer = append(answer, p.bench.granted(ctx.Session.UserName, id, request.Entity))
	}
	return &methods.HasPrivilegeOnEntityBody{Res: &types.HasPrivilegeOnEntityResponse{Returnval: answer}}
}

func (p *privileges) HasUserPrivilegeOnEntities(request *types.HasUserPrivilegeOnEntities) soap.HasFault {
	return &methods.HasUserPrivilegeOnEntitiesBody{Res: &types.HasUserPrivilegeOnEntitiesResponse{
		Returnval: p.available(request.UserName, request.Entities, request.PrivId),
	}}
}

func (p *privileges) FetchUserPrivilegeOnEntities(request *types.FetchUserPrivilegeOnEntities) soap.HasFault {
	all := object.AuthorizationRoleList(p.RoleList).ByName("Admin").Privilege
	var answer []types.UserPrivilegeResult
	for _, entity := range request.Entities {
		one := types.UserPrivilegeResult{Entity: entity}
		for _, id := range all {
			if p.bench.granted(request.UserName, id, entity) {
				one.Privileges = append(one.Privileges, id)
			}
		}
		answer = append(answer, one)
	}
	return &methods.FetchUserPrivilegeOnEntitiesBody{Res: &types.FetchUserPrivilegeOnEntitiesResponse{Returnval: answer}}
}

// neededPrivilege is what the vCenter asks for before it does a thing; empty for reads.
func neededPrivilege(method *simulator.Method) string {
	switch body := method.Body.(type) {
	case *types.PowerOnVM_Task:
		return "VirtualMachine.Interact.PowerOn"
	case *types.PowerOffVM_Task, *types.ShutdownGuest:
		return "VirtualMachine.Interact.PowerOff"
	case *types.RemoveAllSnapshots_Task:
		return "VirtualMachine.State.RemoveSnapshot"
	case *types.ConfigureStorageDrsForPod_Task:
		return "StoragePod.Config"
	case *types.QueryAssignedLicenses:
		return "Global.Licenses"
	case *types.ReconfigVM_Task:
		for _, each := range body.Spec.DeviceChange {
			if each.GetVirtualDeviceConfigSpec().Operation == types.VirtualDeviceConfigSpecOperationRemove {
				return "VirtualMachine.Config.RemoveDisk"
			}
			return "VirtualMachine.Config.AddNewDisk"
		}
		return "VirtualMachine.Config.AdvancedConfig"
	}
	return ""
}
