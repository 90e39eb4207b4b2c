package main

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

func (b *Bench) setLicences() {
	if len(b.scenario.Licences) == 0 {
		return
	}
	manager := b.licenceManager()
	manager.Licenses = nil
	for _, each := range b.scenario.Licences {
		manager.Licenses = append(manager.Licenses, licence(each.EditionKey, each.Name))
	}
}

func (b *Bench) licenceManager() *simulator.LicenseManager {
	registry := b.model.Map()
	return registry.Get(*b.model.ServiceContent.LicenseManager).(*simulator.LicenseManager)
}

// assignLicence gives a host its licence: an assignment in a vCenter, the list of an ESXi host.
func (b *Bench) assignLicence(host types.ManagedObjectReference, edition string) {
	manager := b.licenceManager()
	if manager.LicenseAssignmentManager == nil {
		manager.Licenses = []types.LicenseManagerLicenseInfo{licence(edition, edition)}
		return
	}
	assignments := b.model.Map().Get(*manager.LicenseAssignmentManager).(*simulator.LicenseAssignmentManager)
	list := assignments.QueryAssignedLicensesResponse.Returnval
	for index := range list {
		if list[index].EntityId == host.Value {
			list[index].AssignedLicense = licence(edition, edition)
		}
	}
}

func licence(edition string, name string) types.LicenseManagerLicenseInfo {
	return types.LicenseManagerLicenseInfo{
		// Looks like a key, so that a test can see that it is told to nobody.
		LicenseKey: "SECRT-00000-00000-00000-00000", EditionKey: edition, Name: name,
	}
}
