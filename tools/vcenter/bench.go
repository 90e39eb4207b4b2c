package main

import (
	"context"
	"crypto/tls"
	"net/url"
	"strconv"
	"sync"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// Bench is a running vCenter with what its scenario adds to the library.
type Bench struct {
	scenario *Scenario
	model    *simulator.Model
	names    map[string]types.ManagedObjectReference // hosts, datastores and pods by kind and name

	mutex  sync.Mutex
	denied []Denial
	calls  map[string]int
	lost   []*lostAnswer
	tasks  []*taskRule
}

func newBench(scenario *Scenario) (*Bench, error) {
	bench := &Bench{
		scenario: scenario,
		names:    map[string]types.ManagedObjectReference{},
		denied:   scenario.Denied,
		calls:    map[string]int{},
	}
	if err := bench.createInventory(); err != nil {
		bench.close()
		return nil, err
	}
	return bench, nil
}

// serve opens the door; what must not be slow or fail while the inventory is made begins here.
func (b *Bench) serve(address string) (*simulator.Server, error) {
	service := b.model.Service
	service.TLS = &tls.Config{}
	service.Listen = &url.URL{Host: address, User: url.UserPassword("bench", "bench")}
	service.RegisterEndpoints = true
	registry := b.model.Map()
	registry.SessionManager().ValidLogin = b.validLogin
	if seconds := b.scenario.SessionTimeoutSeconds; seconds > 0 {
		registry.OptionManager().UpdateOptions(&types.UpdateOptions{
			ChangedValue: []types.BaseOptionValue{&types.OptionValue{
				Key: "config.vmacore.soap.sessionTimeout", Value: strconv.Itoa(seconds) + "s",
			}},
		})
	}
	b.overridePrivileges()
	b.overrideStorage()
	registry.Handler = b.handle
	if err := b.addFaults(b.scenario.Faults); err != nil {
		return nil, err
	}
	b.model.DelayConfig.MethodDelay = b.scenario.Delays.Methods
	if len(b.scenario.Delays.Tasks) > 0 {
		delays := map[string]int{"LockHandoff": 0}
		for name, milliseconds := range b.scenario.Delays.Tasks {
			delays[name] = milliseconds
		}
		simulator.TaskDelay.MethodDelay = delays
	}
	server := service.NewServer()
	server.Config.Handler = b.observeCalls(server.Config.Handler)
	return server, nil
}

func (b *Bench) validLogin(request *types.Login) bool {
	if len(b.scenario.Accounts) == 0 {
		return request.UserName != "" && request.Password != ""
	}
	for _, account := range b.scenario.Accounts {
		if account.Username == request.UserName && account.Password == request.Password {
			return true
		}
	}
	return false
}

// outsider is who asks for and ends sessions; it has none itself.
func (b *Bench) outsider() *simulator.Session {
	return &simulator.Session{Registry: simulator.NewRegistry(), Map: b.model.Map()}
}

func (b *Bench) sessionKeys() []string {
	view := b.outsider().Get(b.model.Map().SessionManager().Self).(*simulator.SessionManager)
	var keys []string
	for _, each := range view.SessionList {
		keys = append(keys, each.Key)
	}
	return keys
}

// expire ends every session.
func (b *Bench) expire() {
	caller := &simulator.Context{Context: context.Background(), Map: b.model.Map(), Session: b.outsider()}
	b.model.Map().SessionManager().TerminateSession(caller, &types.TerminateSession{SessionId: b.sessionKeys()})
}

func (b *Bench) close() {
	if b.model != nil && b.model.Service != nil {
		b.model.Remove()
	}
}
