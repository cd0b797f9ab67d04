"""Kernels forked from one warm process: an ordinary ipykernel each, without its imports paid again.

The warm process is Python's own fork server (`multiprocessing`), single-threaded, which has imported `reports.warm`. Where
the platform cannot fork (Windows), kernels start in the ordinary way.
"""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing import active_children, get_all_start_methods, get_context, parent_process
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar, cast

from presslens.reports import quick  # isort: skip - before anything of Jupyter

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from presslens.errors import PresslensError
from presslens.interrupts import uninterrupted
from presslens.reports import sockets

T = TypeVar("T")
NAME = "presslens-fork"
assert quick  # noqa: S101 - imported for what it does
WARM = "presslens.reports.warm"


def available() -> bool:
    """Whether this platform can fork kernels; `PRESSLENS_NO_FORK` turns it off."""
    return "forkserver" in get_all_start_methods() and not os.environ.get("PRESSLENS_NO_FORK")


def prepare() -> None:
    """Start the warm process, so that it loads while this one goes on; and choose it for the kernels of this process."""
    if not available():
        return
    from multiprocessing import forkserver

    sockets.adopt()
    context = get_context("forkserver")
    context.set_forkserver_preload([WARM])
    with uninterrupted():
        forkserver.ensure_running()
    KernelProvisionerFactory.instance().default_provisioner_name = NAME


def call(function: Callable[..., T], *arguments: Any) -> T:
    """The result of a function, run in a fork of the warm process; here where the platform cannot fork.

    Raises:
        Whatever the function raises.
    """
    if not available():
        return function(*arguments)
    prepare()
    context = get_context("forkserver")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(sender, function, arguments), daemon=True)
    child.start()
    sender.close()
    try:
        ok, result = receiver.recv()
    except EOFError:
        raise PresslensError(f"the process that should {function.__name__.replace('_', ' ')} ended early") from None
    finally:
        child.join()
        receiver.close()
    if ok:
        return cast(T, result)
    raise result


def _end_with_parent() -> None:
    """End this process as soon as the one that asked for it is gone, however that ended.

    The fork server itself is no guide: it lives as long as any of its children does.
    """

    def watch() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGKILL)

    parent = cast(BaseProcess, parent_process())
    threading.Thread(target=watch, name="ends-with-parent", daemon=True).start()


def _answer(sender: Any, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    _end_with_parent()
    try:
        sender.send((True, function(*arguments)))
    except Exception as error:  # noqa: BLE001 - it is raised again where the answer is awaited
        sender.send((False, error))


def stop_all() -> None:
    """Kill every forked child at once: the run is being stopped."""
    for child in active_children():
        child.kill()


def _run_kernel(arguments: list[str], environment: dict[str, str], folder: str | None) -> None:
    """The forked child: become a kernel and serve until told to stop."""
    _end_with_parent()
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(environment, JPY_PARENT_PID=str(os.getppid()))
    if folder:
        os.chdir(folder)
    sys.argv = ["ipykernel_launcher", *arguments]
    from ipykernel.kernelapp import IPKernelApp

    kernel = IPKernelApp.instance()
    parent = f"--IPKernelApp.parent_handle={os.getppid()}"
    kernel.initialize([*arguments, parent, "--HistoryManager.enabled=False", "--IPKernelApp.log_level=40"])
    kernel.start()


class _Process:
    """A forked process with the face of `subprocess.Popen`, as far as a provisioner looks at it."""

    stdin = stdout = stderr = None

    def __init__(self, arguments: list[str], environment: dict[str, str], folder: str | None) -> None:
        context = get_context("forkserver")
        self._child = context.Process(target=_run_kernel, args=(arguments, environment, folder), daemon=True)
        self._child.start()
        self.pid = self._child.pid or 0

    @property
    def returncode(self) -> int | None:
        return self._child.exitcode

    def poll(self) -> int | None:
        return self._child.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        self._child.join(timeout)
        return self._child.exitcode

    def send_signal(self, signum: int) -> None:
        if self._child.is_alive():
            os.kill(self.pid, signum)

    def kill(self) -> None:
        self._child.kill()

    def terminate(self) -> None:
        self._child.terminate()


class ForkProvisioner(LocalProvisioner):
    """Provisions a kernel by a fork of the warm process; everything else is jupyter_client's local provisioner."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork a child with the arguments that the kernel's command line would have had."""
        arguments = cmd[cmd.index("ipykernel_launcher") + 1 :] if "ipykernel_launcher" in cmd else cmd[1:]
        environment = dict(kwargs.get("env") or os.environ)
        folder = kwargs.get("cwd")
        loop = asyncio.get_running_loop()
        start: Callable[[], Any] = lambda: _Process(arguments, environment, folder)  # noqa: E731
        self.process = await loop.run_in_executor(None, start)
        self.pid = self.process.pid  # type: ignore[union-attr]
        self.pgid = self.pid  # the child leads a group of its own
        return self.connection_info
