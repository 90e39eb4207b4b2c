package main

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// storageResources heeds the settings of single machines, which the library ignores.
type storageResources struct {
	*simulator.StorageResourceManager
}

func (b *Bench) overrideStorage() {
	reference := b.model.ServiceContent.StorageResourceManager
	if reference == nil {
		return
	}
	registry := b.model.Map()
	if stock, ok := registry.Get(*reference).(*simulator.StorageResourceManager); ok {
		registry.Put(&storageResources{stock})
	}
}

func (m *storageResources) ConfigureStorageDrsForPodTask(ctx *simulator.Context, request *types.ConfigureStorageDrsForPod_Task) soap.HasFault {
	pod, ok := ctx.Map.Get(request.Pod).(*simulator.StoragePod)
	if !ok {
		return &methods.ConfigureStorageDrsForPod_TaskBody{
			Fault_: simulator.Fault("", &types.ManagedObjectNotFound{Obj: request.Pod}),
		}
	}
	task := simulator.CreateTask(pod, "configureStorageDrsForPod", func(*simulator.Task) (types.AnyType, types.BaseMethodFault) {
		config := &pod.PodStorageDrsEntry.StorageDrsConfig
		if !request.Modify {
			config.VmConfig = nil
		}
		for _, each := range request.Spec.VmConfigSpec {
			if fault := configureMachine(config, each); fault != nil {
				return nil, fault
			}
		}
		return nil, nil
	})
	return &methods.ConfigureStorageDrsForPod_TaskBody{
		Res: &types.ConfigureStorageDrsForPod_TaskResponse{Returnval: task.Run(ctx)},
	}
}

func configureMachine(config *types.StorageDrsConfigInfo, spec types.StorageDrsVmConfigSpec) types.BaseMethodFault {
	key, _ := spec.RemoveKey.(types.ManagedObjectReference)
	if spec.Info != nil && spec.Info.Vm != nil {
		key = *spec.Info.Vm
	}
	index := -1
	for at, each := range config.VmConfig {
		if each.Vm != nil && *each.Vm == key {
			index = at
		}
	}
	switch {
	case spec.Operation == types.ArrayUpdateOperationAdd && index < 0:
		config.VmConfig = append(config.VmConfig, *spec.Info)
	case spec.Operation == types.ArrayUpdateOperationEdit && index >= 0:
		config.VmConfig[index] = *spec.Info
	case spec.Operation == types.ArrayUpdateOperationRemove && index >= 0:
		config.VmConfig = append(config.VmConfig[:index], config.VmConfig[index+1:]...)
	default:
		return &types.InvalidArgument{InvalidProperty: "vmConfigSpec"}
	}
	return nil
}
