package main

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/vmware/govmomi/simulator"
)

// controlRoutes are how a test or a rehearsal changes the vCenter behind the back of its clients.
func (b *Bench) controlRoutes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("PATCH /bench/machines/{name}", answer(func(r *http.Request) (any, error) {
		var state MachineState
		found := b.machines(r.PathValue("name"))
		if len(found) == 0 {
			return nil, errAbsent
		}
		if err := read(r, &state); err != nil {
			return nil, err
		}
		if err := b.changeMachine(found[0], state); err != nil {
			return nil, err
		}
		return b.describe(found[0]), nil
	}))
	mux.HandleFunc("GET /bench/machines/{name}", answer(func(r *http.Request) (any, error) {
		found := b.machines(r.PathValue("name"))
		if len(found) == 0 {
			return nil, errAbsent
		}
		return b.describe(found[0]), nil
	}))
	mux.HandleFunc("PATCH /bench/hosts/{name}", answer(func(r *http.Request) (any, error) {
		var state HostState
		if err := read(r, &state); err != nil {
			return nil, err
		}
		return nil, b.changeHost(r.PathValue("name"), state)
	}))
	mux.HandleFunc("PATCH /bench/datastores/{name}", answer(func(r *http.Request) (any, error) {
		var state DatastoreState
		if err := read(r, &state); err != nil {
			return nil, err
		}
		return nil, b.changeDatastore(r.PathValue("name"), state)
	}))
	mux.HandleFunc("PATCH /bench/pods/{name}", answer(func(r *http.Request) (any, error) {
		var state PodState
		if err := read(r, &state); err != nil {
			return nil, err
		}
		return nil, b.changePod(r.PathValue("name"), state)
	}))
	mux.HandleFunc("POST /bench/faults", answer(func(r *http.Request) (any, error) {
		var faults []Fault
		if err := read(r, &faults); err != nil {
			return nil, err
		}
		return nil, b.addFaults(faults)
	}))
	mux.HandleFunc("DELETE /bench/faults", answer(func(*http.Request) (any, error) {
		b.clearFaults()
		return nil, nil
	}))
	mux.HandleFunc("PUT /bench/denied", answer(func(r *http.Request) (any, error) {
		var denied []Denial
		if err := read(r, &denied); err != nil {
			return nil, err
		}
		b.mutex.Lock()
		defer b.mutex.Unlock()
		b.denied = denied
		return nil, nil
	}))
	mux.HandleFunc("POST /bench/expire", answer(func(*http.Request) (any, error) {
		b.expire()
		return nil, nil
	}))
	mux.HandleFunc("GET /bench/sessions", answer(func(*http.Request) (any, error) {
		return len(b.sessionKeys()), nil
	}))
	mux.HandleFunc("GET /bench/calls", answer(func(*http.Request) (any, error) {
		b.mutex.Lock()
		defer b.mutex.Unlock()
		copied := map[string]int{}
		for name, count := range b.calls {
			copied[name] = count
		}
		return copied, nil
	}))
	mux.HandleFunc("DELETE /bench/calls", answer(func(*http.Request) (any, error) {
		b.mutex.Lock()
		defer b.mutex.Unlock()
		b.calls = map[string]int{}
		return nil, nil
	}))
	return mux
}

// describe tells of a machine what a test asserts on.
func (b *Bench) describe(machine *simulator.VirtualMachine) any {
	var disks []map[string]any
	var stores, extra = []string{}, map[string]any{}
	b.lock(machine, func() {
		for _, each := range disksOf(machine) {
			disks = append(disks, map[string]any{
				"key": each.Key, "file": fileBackingOf(each).FileName, "capacityKiB": each.CapacityInKB,
				"controllerKey": each.ControllerKey, "unitNumber": each.UnitNumber,
			})
		}
		for _, each := range machine.Datastore {
			stores = append(stores, b.nameOf(each))
		}
		for _, each := range machine.Config.ExtraConfig {
			option := each.GetOptionValue()
			extra[option.Key] = option.Value
		}
	})
	return map[string]any{
		"reference": machine.Self.Value, "name": unescapeName(machine.Name), "power": machine.Runtime.PowerState,
		"snapshot": machine.Snapshot != nil, "disks": disks, "datastores": stores, "extraConfig": extra,
	}
}

var errAbsent = fmt.Errorf("there is nothing of this name")

func answer(work func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		result, err := work(r)
		w.Header().Set("Content-Type", "application/json")
		if err != nil {
			w.WriteHeader(map[bool]int{true: http.StatusNotFound, false: http.StatusBadRequest}[err == errAbsent])
			result = map[string]string{"error": err.Error()}
		}
		_ = json.NewEncoder(w).Encode(result)
	}
}

func read(r *http.Request, into any) error {
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}
