package main

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// Fault makes calls go wrong. Absent Type and Object mean any.
type Fault struct {
	// Method with _Task where it has one, such as PowerOnVM_Task.
	Method string `json:"method"`
	// Type and Object (by name) that it is called on.
	Type   string `json:"type"`
	Object string `json:"object"`
	// Fault is the type's name, such as NoPermission; Details are its own fields.
	Fault   string          `json:"fault"`
	Details json.RawMessage `json:"details"`
	Message string          `json:"message"`
	// Task lets the call succeed and its task fail.
	Task bool `json:"task"`
	// Ignore answers success and does nothing, as a guest that does not heed ShutdownGuest.
	Ignore bool `json:"ignore"`
	// Lose closes the connection "before" or "after" the call took effect.
	Lose string `json:"lose"`
	// Status answers with this HTTP status and no body.
	Status int `json:"status"`
	// Max times, after Skip calls that go well; 0 means every time.
	Max     int `json:"max"`
	Skip    int `json:"skip"`
	DelayMs int `json:"delayMs"`
}

// budget counts how often a rule still applies; the bench's mutex guards it.
type budget struct{ skip, max, used int }

func (b *budget) take() bool {
	if b.skip > 0 {
		b.skip--
		return false
	}
	if b.max > 0 && b.used >= b.max {
		return false
	}
	b.used++
	return true
}

// taskRule sends matching calls to an object of its own, whose tasks fail or which does nothing.
type taskRule struct {
	Fault
	budget
	target types.ManagedObjectReference
}

func (b *Bench) addFaults(faults []Fault) error {
	for _, each := range faults {
		if err := b.addFault(each); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bench) addFault(rule Fault) error {
	if rule.Method == "" {
		return fmt.Errorf("a fault needs its method; * means every one")
	}
	count := budget{skip: rule.Skip, max: rule.Max}
	if rule.Lose != "" || rule.Status != 0 {
		b.mutex.Lock()
		defer b.mutex.Unlock()
		b.lost = append(b.lost, &lostAnswer{Fault: rule, budget: count})
		return nil
	}
	var fault types.BaseMethodFault
	if !rule.Ignore {
		var err error
		if fault, err = makeFault(rule); err != nil {
			return err
		}
	}
	if rule.Task || rule.Ignore {
		own := &failingTarget{fault: fault, message: rule.Message}
		own.Self = types.ManagedObjectReference{Type: "BenchTarget", Value: fmt.Sprintf("bench-%d", len(b.tasks)+1)}
		b.model.Map().Put(own)
		b.mutex.Lock()
		defer b.mutex.Unlock()
		b.tasks = append(b.tasks, &taskRule{Fault: rule, budget: count, target: own.Self})
		return nil
	}
	b.model.Service.AddFaultRule(&simulator.FaultInjectionRule{
		MethodName: rule.Method, ObjectType: anyIfEmpty(rule.Type), ObjectName: anyIfEmpty(rule.Object),
		Probability: 1, Enabled: true, FaultType: simulator.FaultTypeCustom, Fault: fault, Message: rule.Message,
		MaxCount: rule.Max, SkipCount: rule.Skip, Delay: rule.DelayMs,
	})
	return nil
}

func (b *Bench) clearFaults() {
	b.model.Service.ClearFaultRules()
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.lost, b.tasks = nil, nil
}

func makeFault(rule Fault) (types.BaseMethodFault, error) {
	kind, known := types.TypeFunc()(rule.Fault)
	if !known {
		return nil, fmt.Errorf("%q is no fault", rule.Fault)
	}
	value := reflect.New(kind).Interface()
	if len(rule.Details) > 0 {
		if err := json.Unmarshal(rule.Details, value); err != nil {
			return nil, fmt.Errorf("details of %s: %w", rule.Fault, err)
		}
	}
	fault, ok := value.(types.BaseMethodFault)
	if !ok {
		return nil, fmt.Errorf("%s is no fault", rule.Fault)
	}
	return fault, nil
}

func anyIfEmpty(text string) string {
	if text == "" {
		return "*"
	}
	return text
}

// handle sees every call: it refuses what the user may not do and turns calls whose task shall fail.
func (b *Bench) handle(ctx *simulator.Context, method *simulator.Method) (mo.Reference, types.BaseMethodFault) {
	if ctx.Session == nil || ctx.Session.UserName == "" {
		return nil, nil
	}
	if needed := neededPrivilege(method); needed != "" {
		if !b.granted(ctx.Session.UserName, needed, method.This) {
			object := method.This
			return nil, &types.NoPermission{Object: &object, PrivilegeId: needed}
		}
	}
	name := b.nameOf(method.This)
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for _, each := range b.tasks {
		fits := each.Method == method.Name && (each.Object == "" || each.Object == name)
		if fits && (each.Type == "" || each.Type == method.This.Type) && each.take() {
			method.This = each.target
		}
	}
	return nil, nil
}

// failingTarget stands for the object of a call.
type failingTarget struct {
	Self    types.ManagedObjectReference
	fault   types.BaseMethodFault
	message string
}

func (f *failingTarget) Reference() types.ManagedObjectReference { return f.Self }

func (f *failingTarget) run(ctx *simulator.Context, name string) types.ManagedObjectReference {
	return simulator.CreateTask(f, name, func(*simulator.Task) (types.AnyType, types.BaseMethodFault) {
		return nil, f.fault
	}).Run(ctx)
}

func (f *failingTarget) PowerOnVMTask(ctx *simulator.Context, _ *types.PowerOnVM_Task) soap.HasFault {
	return &methods.PowerOnVM_TaskBody{Res: &types.PowerOnVM_TaskResponse{Returnval: f.run(ctx, "powerOn")}}
}

func (f *failingTarget) PowerOffVMTask(ctx *simulator.Context, _ *types.PowerOffVM_Task) soap.HasFault {
	return &methods.PowerOffVM_TaskBody{Res: &types.PowerOffVM_TaskResponse{Returnval: f.run(ctx, "powerOff")}}
}

func (f *failingTarget) ReconfigVMTask(ctx *simulator.Context, _ *types.ReconfigVM_Task) soap.HasFault {
	return &methods.ReconfigVM_TaskBody{Res: &types.ReconfigVM_TaskResponse{Returnval: f.run(ctx, "reconfigVm")}}
}

func (f *failingTarget) RemoveAllSnapshotsTask(ctx *simulator.Context, _ *types.RemoveAllSnapshots_Task) soap.HasFault {
	return &methods.RemoveAllSnapshots_TaskBody{Res: &types.RemoveAllSnapshots_TaskResponse{Returnval: f.run(ctx, "removeAllSnapshots")}}
}

func (f *failingTarget) ConfigureStorageDrsForPodTask(ctx *simulator.Context, _ *types.ConfigureStorageDrsForPod_Task) soap.HasFault {
	return &methods.ConfigureStorageDrsForPod_TaskBody{
		Res: &types.ConfigureStorageDrsForPod_TaskResponse{Returnval: f.run(ctx, "configureStorageDrsForPod")},
	}
}

func (f *failingTarget) ShutdownGuest(*simulator.Context, *types.ShutdownGuest) soap.HasFault {
	return &methods.ShutdownGuestBody{Res: &types.ShutdownGuestResponse{}}
}
