"""``python -m bench [name ...]``: run all benchmarks, or those named; exit 1 below a target, 2 for an unknown name."""

import pkgutil
import sys
from importlib import import_module

import bench
from bench.report import Measurement, report

_PREFIX = "bench_"


def main(names: list[str]) -> int:
    known = {
        found.name.removeprefix(_PREFIX): found.name
        for found in pkgutil.iter_modules(bench.__path__)
        if found.name.startswith(_PREFIX)
    }
    wanted = [name.removeprefix(_PREFIX) for name in names] or sorted(known)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(sorted(known))}.", file=sys.stderr)
        return 2
    return report([measured for name in wanted for measured in _measure(known[name])])


def _measure(module: str) -> list[Measurement]:
    print(f"Measuring {module.removeprefix(_PREFIX)} ...", file=sys.stderr, flush=True)
    measured: list[Measurement] = import_module(f"bench.{module}").measure()
    return measured


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
