# Everything starts from a fresh clone: Node.js 20 or newer, npm, make and Go are enough; the tests
# want Python 3.10 or newer too.
# The package's own Node.js 24 comes with `npm ci` and runs all that follows.
.DEFAULT_GOAL := help
.PHONY: help demo test check build install tools engine vcenter clients clean distclean
.NOTPARALLEL:

export PATH := $(CURDIR)/node_modules/.bin:$(PATH)

installed := node_modules/.installed

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

# SCENARIO is regions, vmware (appliance), vmware-classic (configuration server) or hyperv.
SCENARIO ?= regions

demo: engine build $(if $(filter vmware%,$(SCENARIO)),vcenter) ## run the main job, a failover and back, against the bundled simulator
	node_modules/.bin/node tools/demo.ts --scenario $(SCENARIO) $(DEMO)

# AVA takes more arguments for the test runner, such as AVA=--tap or AVA='test/project/**'.
test: tools build ## run all tests
	node_modules/.bin/node node_modules/.bin/ava $(AVA)

check: install ## lint, format and type check
	npm run check

build: install ## compile the package into dist/
	rm -rf dist
	npm run build

install: $(installed) ## install the npm packages of package-lock.json

$(installed): package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

tools: engine vcenter clients ## get all that the tests need besides npm packages

engine: install ## find or build the Pulumi engine
	@tools/engine.sh

vcenter: ## build the vCenter for tests and rehearsals
	@tools/vcenter.sh

clients: ## install Microsoft's Python packages, which the simulator is tested with
	@tools/python.sh

clean: ## remove what build, demo and packing made
	rm -rf dist .demo demo/*/.demo coverage *.tgz

distclean: clean ## remove the installed packages and tools as well
	rm -rf node_modules .tools
