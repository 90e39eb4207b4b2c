// Command vcenter is a vCenter (or a stand-alone ESXi host) for tests and rehearsals: VMware's own
// simulator library, filled from a scenario file, with faults and changes over control routes.
//
// It prints one line of JSON, {"url", "thumbprint", "control", "certificate"}, when it is ready, and
// ends on SIGTERM, SIGINT and when its standard input is closed.
package main

import (
	"encoding/json"
	"encoding/pem"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"github.com/vmware/govmomi/vim25/soap"
)

func main() {
	path := flag.String("scenario", "", "scenario file; absent means an empty vCenter")
	address := flag.String("listen", "127.0.0.1:0", "where the vCenter listens, with TLS")
	control := flag.String("control", "127.0.0.1:0", "where the control routes listen, plain http")
	stay := flag.Bool("stay", false, "go on when standard input is closed")
	flag.Parse()
	log.SetOutput(os.Stderr)
	if err := run(*path, *address, *control, *stay); err != nil {
		fmt.Fprintln(os.Stderr, "vcenter: "+err.Error())
		os.Exit(1)
	}
}

func run(path string, address string, control string, stay bool) error {
	done := make(chan os.Signal, 1)
	signal.Notify(done, syscall.SIGTERM, syscall.SIGINT)
	if !stay {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			done <- syscall.SIGTERM
		}()
	}
	scenario, err := readScenario(path)
	if err != nil {
		return err
	}
	bench, err := newBench(scenario)
	if err != nil {
		return err
	}
	defer bench.close()
	listener, err := net.Listen("tcp", control)
	if err != nil {
		return err
	}
	defer listener.Close()
	server, err := bench.serve(address)
	if err != nil {
		return err
	}
	defer server.CloseClientConnections()
	go func() { _ = http.Serve(listener, bench.controlRoutes()) }()

	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	ready, _ := json.Marshal(map[string]string{
		"url":         "https://" + server.URL.Host + server.URL.Path,
		"thumbprint":  soap.ThumbprintSHA256(server.Certificate()),
		"control":     "http://" + listener.Addr().String(),
		"certificate": string(certificate),
	})
	fmt.Println(string(ready))
	<-done
	return nil
}
