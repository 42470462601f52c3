"""Run every benchmark and print the tables."""

import shutil

from benchmarks import site


def main() -> None:
    folder = site.set_up()
    try:
        from benchmarks import pages, weight

        for benchmark in (pages, weight):
            print("\n".join(benchmark.measure()), end="\n\n", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
