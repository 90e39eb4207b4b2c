package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// Scenario is what a vCenter holds when it starts. Names refer to names in the same file.
type Scenario struct {
	// Kind is "vCenter" (default) or "esxi".
	Kind     string    `json:"kind"`
	Accounts []Account `json:"accounts"`
	// SessionTimeoutSeconds ends idle sessions; 0 keeps the library's half hour.
	SessionTimeoutSeconds int    `json:"sessionTimeoutSeconds"`
	APIVersion            string `json:"apiVersion"`
	InstanceUUID          string `json:"instanceUuid"`
	// Datacenter is the name of the only one; default DC0.
	Datacenter string      `json:"datacenter"`
	Hosts      []Host      `json:"hosts"`
	Datastores []Datastore `json:"datastores"`
	Pods       []Pod       `json:"pods"`
	Machines   []Machine   `json:"machines"`
	// Licences are what an ESXi host has, and the list of a vCenter; Host.Licence is what a host is given.
	Licences []Licence `json:"licences"`
	Denied   []Denial  `json:"denied"`
	Faults   []Fault   `json:"faults"`
	Delays   Delays    `json:"delays"`
}

// Account may sign in; without any every user name and password will do.
type Account struct {
	Username string `json:"username"`
	Password string `json:"password"`
}

// Host is an ESXi host of the only cluster.
type Host struct {
	Name string `json:"name"`
	// Datastores that it mounts; absent means all.
	Datastores []string `json:"datastores"`
	HostState
}

// HostState is what a scenario sets and a change may set later.
type HostState struct {
	MemoryMiB *int64 `json:"memoryMiB"`
	UsedMiB   *int32 `json:"usedMiB"`
	// Connection is connected, disconnected or notResponding.
	Connection  *string `json:"connection"`
	Maintenance *bool   `json:"maintenance"`
	// Licence is the edition key of its licence.
	Licence *string `json:"licence"`
}

// Datastore lies in the datacenter, or in a pod.
type Datastore struct {
	Name string `json:"name"`
	Pod  string `json:"pod"`
	DatastoreState
}

// DatastoreState is what a scenario sets and a change may set later.
type DatastoreState struct {
	// Type is VMFS (default), vsan, NFS, NFS41, …
	Type        *string `json:"type"`
	CapacityGiB *int64  `json:"capacityGiB"`
	FreeGiB     *int64  `json:"freeGiB"`
	Accessible  *bool   `json:"accessible"`
	// Maintenance is normal, enteringMaintenance or inMaintenance.
	Maintenance *string `json:"maintenanceMode"`
	// Mounts by host name.
	Mounts map[string]Mount `json:"mounts"`
}

// Mount is how one host sees a datastore.
type Mount struct {
	AccessMode *string `json:"accessMode"`
	Mounted    *bool   `json:"mounted"`
	Accessible *bool   `json:"accessible"`
}

// Pod is a datastore cluster.
type Pod struct {
	Name string `json:"name"`
	PodState
}

// PodState is what a scenario sets and a change may set later.
type PodState struct {
	Enabled *bool `json:"enabled"`
	// Excluded machines, by name, that Storage DRS leaves alone.
	Excluded []string `json:"excluded"`
}

// Machine is a virtual machine, or Count alike ones named Name1, Name2, …
type Machine struct {
	Name   string `json:"name"`
	Folder string `json:"folder"`
	Count  int    `json:"count"`
	// Controllers are API type names; default one ParaVirtualSCSIController. Disks go to the first.
	Controllers []string `json:"controllers"`
	Disks       []Disk   `json:"disks"`
	// Identities of the machines of a count, in their order; absent ones are derived from the names.
	Identities []Identity `json:"identities"`
	MachineState
}

// Identity is what tells alike machines apart.
type Identity struct {
	BiosUUID     *string  `json:"biosUuid"`
	InstanceUUID *string  `json:"instanceUuid"`
	DiskUUIDs    []string `json:"diskUuids"`
}

// Disk is a disk of a machine; default one of 10 GiB.
type Disk struct {
	SizeGiB          int64  `json:"sizeGiB"`
	UUID             string `json:"uuid"`
	Datastore        string `json:"datastore"`
	RawDeviceMapping bool   `json:"rawDeviceMapping"`
}

// MachineState is what a scenario sets and a change may set later.
type MachineState struct {
	// Power is on (default), off or suspended.
	Power        *string `json:"power"`
	Host         *string `json:"host"`
	Datastore    *string `json:"datastore"`
	BiosUUID     *string `json:"biosUuid"`
	InstanceUUID *string `json:"instanceUuid"`
	Snapshot     *bool   `json:"snapshot"`
	// ToolsRunning is by default true while the machine is on.
	ToolsRunning *bool             `json:"toolsRunning"`
	GuestFamily  *string           `json:"guestFamily"`
	GuestID      *string           `json:"guestId"`
	GuestVolumes []GuestVolume     `json:"guestVolumes"`
	ExtraConfig  map[string]string `json:"extraConfig"`
	MemoryMiB    *int32            `json:"memoryMiB"`
	Processors   *int32            `json:"processors"`
	DiskUUIDs    []string          `json:"diskUuids"`
	// Rename gives another name; the files keep theirs.
	Rename *string `json:"rename"`
	// Removed takes it out of the inventory.
	Removed *bool `json:"removed"`
}

// GuestVolume is a volume as VMware Tools shows it.
type GuestVolume struct {
	Path       string `json:"path"`
	SizeGiB    int64  `json:"sizeGiB"`
	FreeGiB    int64  `json:"freeGiB"`
	FileSystem string `json:"fileSystem"`
}

// Licence is one of the list.
type Licence struct {
	EditionKey string `json:"editionKey"`
	Name       string `json:"name"`
}

// Denial takes a privilege ("*": all but System.*) away, from one user or all, on one object or all.
type Denial struct {
	Privilege string `json:"privilege"`
	User      string `json:"user"`
	// Object is the name of a machine, host, datastore or pod.
	Object string `json:"object"`
}

// Delays are milliseconds by method and by task name (such as PowerOn).
type Delays struct {
	Methods map[string]int `json:"methods"`
	Tasks   map[string]int `json:"tasks"`
}

func readScenario(path string) (*Scenario, error) {
	scenario := &Scenario{}
	if path == "" {
		return scenario, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	decoder := json.NewDecoder(file)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(scenario); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return scenario, nil
}
