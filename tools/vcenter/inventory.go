package main

import (
	"fmt"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/types"
)

// createInventory lets the library make what the scenario counts, and gives it the scenario's names.
func (b *Bench) createInventory() error {
	scenario := b.scenario
	if len(scenario.Hosts) == 0 {
		scenario.Hosts = []Host{{Name: "esx1.example.local"}}
	}
	if len(scenario.Datastores) == 0 {
		scenario.Datastores = []Datastore{{Name: "datastore1"}}
	}
	model := simulator.VPX()
	if scenario.Kind == "esxi" {
		model = simulator.ESX()
		if len(scenario.Hosts) > 1 || len(scenario.Pods) > 0 {
			return fmt.Errorf("an esxi has one host and no pods")
		}
	} else {
		model.Cluster, model.ClusterHost, model.Host = 1, len(scenario.Hosts), 0
		model.Pod = len(scenario.Pods)
	}
	model.Machine, model.Datastore = 0, len(scenario.Datastores)
	if scenario.APIVersion == "" {
		scenario.APIVersion = "8.0.2.0"
	}
	model.ServiceContent.About.ApiVersion = scenario.APIVersion
	model.ServiceContent.About.Version = scenario.APIVersion
	if scenario.InstanceUUID != "" {
		model.ServiceContent.About.InstanceUuid = scenario.InstanceUUID
	}
	b.model = model
	if err := model.Create(); err != nil {
		return err
	}
	b.nameHosts()
	b.nameDatastores()
	client, err := vim25.NewClient(model.Service.Context, model.Service)
	if err != nil {
		return err
	}
	if err := b.createMachines(client); err != nil {
		return err
	}
	// After the machines, which could not be made on a datastore that is read-only or full.
	for _, each := range scenario.Hosts {
		if err := b.changeHost(each.Name, each.HostState); err != nil {
			return err
		}
	}
	for _, each := range scenario.Datastores {
		if err := b.changeDatastore(each.Name, each.DatastoreState); err != nil {
			return err
		}
	}
	b.mountDatastores()
	if err := b.checkMounts(); err != nil {
		return err
	}
	if err := b.createPods(client); err != nil {
		return err
	}
	b.setLicences()
	return nil
}

func (b *Bench) nameHosts() {
	for index, each := range b.scenario.Hosts {
		host := b.entities("HostSystem")[index].(*simulator.HostSystem)
		host.Name = each.Name
		host.Summary.Config.Name = each.Name
		b.names["HostSystem "+each.Name] = host.Self
	}
	if name := b.scenario.Datacenter; name != "" && b.scenario.Kind != "esxi" {
		b.entities("Datacenter")[0].(*simulator.Datacenter).Name = name
	}
}

func (b *Bench) nameDatastores() {
	for index, each := range b.scenario.Datastores {
		// The order of the registry is chance; the library's own names tell which is which.
		store := b.datastoreNamed(fmt.Sprintf("LocalDS_%d", index))
		store.Name = each.Name
		store.Summary.Name = each.Name
		store.Info.GetDatastoreInfo().Name = each.Name
		b.names["Datastore "+each.Name] = store.Self
	}
}

func (b *Bench) datastoreNamed(name string) *simulator.Datastore {
	for _, each := range b.entities("Datastore") {
		if store := each.(*simulator.Datastore); store.Name == name {
			return store
		}
	}
	return nil
}

// mountDatastores takes from hosts the datastores that they do not mount.
func (b *Bench) mountDatastores() {
	for _, each := range b.scenario.Hosts {
		if each.Datastores == nil {
			continue
		}
		host := b.find("HostSystem", each.Name).(*simulator.HostSystem)
		host.Datastore = nil
		for _, each := range b.entities("Datastore") {
			store := each.(*simulator.Datastore)
			if contains(b.hostOf(host.Self).Datastores, store.Name) {
				host.Datastore = append(host.Datastore, store.Self)
				continue
			}
			var kept []types.DatastoreHostMount
			for _, mount := range store.Host {
				if mount.Key != host.Self {
					kept = append(kept, mount)
				}
			}
			store.Host = kept
		}
	}
}

func (b *Bench) hostOf(reference types.ManagedObjectReference) Host {
	for _, each := range b.scenario.Hosts {
		if b.names["HostSystem "+each.Name] == reference {
			return each
		}
	}
	return Host{}
}

func (b *Bench) createPods(client *vim25.Client) error {
	for index, each := range b.scenario.Pods {
		pod := b.entities("StoragePod")[index].(*simulator.StoragePod)
		pod.Name = each.Name
		if pod.Summary != nil {
			pod.Summary.Name = each.Name
		}
		b.names["StoragePod "+each.Name] = pod.Self
		var members []types.ManagedObjectReference
		for _, store := range b.scenario.Datastores {
			if store.Pod == each.Name {
				members = append(members, b.names["Datastore "+store.Name])
			}
		}
		if len(members) > 0 {
			context := b.model.Service.Context
			folder := object.NewFolder(client, pod.Self)
			task, err := folder.MoveInto(context, members)
			if err != nil {
				return err
			}
			if err := task.Wait(context); err != nil {
				return err
			}
		}
		if err := b.changePod(each.Name, each.PodState); err != nil {
			return err
		}
	}
	return nil
}

func contains(list []string, value string) bool {
	for _, each := range list {
		if each == value {
			return true
		}
	}
	return false
}
