package main

import (
	"regexp"
	"strings"
)

// A vCenter keeps these characters of a name escaped.
var escapes = []string{"%", "%25", "/", "%2f", "\\", "%5c"}

func escapeName(name string) string {
	return strings.NewReplacer(escapes...).Replace(name)
}

func unescapeName(name string) string {
	return strings.NewReplacer("%25", "%", "%2f", "/", "%5c", "\\").Replace(name)
}

// fileName is the name as the library can use it for a folder: some characters break its disks.
func fileName(name string) string {
	return regexp.MustCompile(`[^\w. -]`).ReplaceAllString(name, "_")
}
