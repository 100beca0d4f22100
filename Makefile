# make run: the room, at http://127.0.0.1:8765/.  make test: all checks and tests.  make bench: the figures.  make docs: the site, in build/docs.
# make pictures, make messages, make reference: what the docs have of the code.
# make mutants: are the rules' tests tests?  make audit: known weaknesses, in the code's patterns and in the libraries.
# make dist: wheel and source archive, the same bytes each time, in dist/.  make lock: the developer's versions anew.
# PYTHON=… chooses the interpreter, PORT=… the room's port.
PORT ?= 8765
# Where it is set, each of the some hundred processes of a test run compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test bench mutants audit docs reference messages pictures dist lock
.SILENT:

run:
	deploy/venv.sh
	exec .venv/bin/python -m bot demo --port $(PORT)

test:
	deploy/venv.sh dev
	.venv/bin/ruff check .
	.venv/bin/mypy --num-workers 2
	.venv/bin/python -m pytest -q -n auto --dist worksteal

bench:
	deploy/venv.sh dev
	.venv/bin/python -m benchmarks.throughput
	.venv/bin/python -m benchmarks.sandbox
	.venv/bin/python -m benchmarks.claiming
	.venv/bin/python -m benchmarks.idle
	.venv/bin/python -m benchmarks.hot_paths
	.venv/bin/python -m benchmarks.parts
	.venv/bin/python -m benchmarks.planning
	.venv/bin/python -m benchmarks.replanning
	.venv/bin/python -m benchmarks.report
	.venv/bin/python -m benchmarks.forms
	.venv/bin/python -m benchmarks.policy
	.venv/bin/python -m benchmarks.train_policy --check
	.venv/bin/python -m benchmarks.room

# For hours; of one file: .venv/bin/mutmut run 'scheduling.rules*'. What it found stays in mutants/.
mutants:
	deploy/venv.sh dev
	.venv/bin/python -m pip install --quiet --disable-pip-version-check 'mutmut>=3.8,<4'
	.venv/bin/mutmut run

# What is said of it: SECURITY.md. The second asks the package index what is known of each version.
audit:
	deploy/venv.sh dev
	.venv/bin/python -m pip install --quiet --disable-pip-version-check 'bandit>=1.9,<2' 'pip-audit>=2.9,<3'
	.venv/bin/bandit -q -ll -r bot handlers scheduling store sandbox docs --exclude '*/migrations/*'
	.venv/bin/pip-audit --disable-pip -r deploy/requirements-dev.lock

docs:
	deploy/venv.sh dev
	.venv/bin/python -m docs.build

reference:
	deploy/venv.sh dev
	.venv/bin/python -m docs.reference

messages:
	deploy/venv.sh dev
	.venv/bin/python -m docs.messages

pictures:
	deploy/venv.sh dev
	.venv/bin/python -m docs.pictures

dist:
	deploy/venv.sh dev
	.venv/bin/python -m hatchling build

lock:
	deploy/lock.sh
