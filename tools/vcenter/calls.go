package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"time"
)

// lostAnswer ends a call on the way: no connection any more, or a status without a fault.
type lostAnswer struct {
	Fault
	budget
}

var bodyMethod = regexp.MustCompile(`Body[^>]*>\s*<(?:\w+:)?(\w+)`)

// observeCalls counts calls by method and loses those that shall be lost.
func (b *Bench) observeCalls(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(text))
		name := ""
		if found := bodyMethod.FindSubmatch(text); found != nil {
			name = string(found[1])
		}
		rule := b.countCall(name)
		if rule == nil {
			next.ServeHTTP(w, r)
			return
		}
		time.Sleep(time.Duration(rule.DelayMs) * time.Millisecond)
		if rule.Status != 0 {
			w.WriteHeader(rule.Status)
			return
		}
		if rule.Lose == "after" {
			next.ServeHTTP(httptest.NewRecorder(), r)
		}
		panic(http.ErrAbortHandler)
	})
}

func (b *Bench) countCall(name string) *lostAnswer {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if name != "" {
		b.calls[name]++
	}
	for _, each := range b.lost {
		if (each.Method == "*" || each.Method == name) && each.take() {
			return each
		}
	}
	return nil
}
