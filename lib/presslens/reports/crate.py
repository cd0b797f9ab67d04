"""The run folder as a Workflow Run RO-Crate: `ro-crate-metadata.json`, so that it can be deposited as it is.

RO-Crate 1.1 with the profiles Process Run Crate 0.5, Workflow Run Crate 0.5 (Leo et al. 2024, PLOS ONE 19(9)) and Workflow
RO-Crate 1.0. But for the times of the run the same run key gives the same bytes.
"""

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from presslens.reports.layout import KNOWN, NEEDS, NOTEBOOKS, SEVERAL

NAME = "ro-crate-metadata.json"
WORKFLOW = "workflow.yaml"
AGENT = "PRESSLENS_AGENT"
SETTINGS = files("presslens.reports") / "templates" / "crate.yaml"
ORCID = re.compile(r"https://orcid\.org/\d{4}-\d{4}-\d{4}-\d{3}[\dX]")


def write(folder: Path, record: Mapping[str, Any]) -> None:
    """Write `workflow.yaml`, what was run in which order, and `ro-crate-metadata.json` into a finished run folder.

    Who ran it is said where the environment variable `PRESSLENS_AGENT` names a person: "Ada Lovelace" or, with an ORCID,
    "Ada Lovelace https://orcid.org/0000-0002-1825-0097".

    Args:
        folder: of the run; every file in it becomes a data entity with its format, size and SHA-256.
        record: the content of its `run.json`.
    """
    (folder / WORKFLOW).write_text(workflow(record), encoding="utf-8")
    text = json.dumps(metadata(folder, record), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / NAME).write_text(text + "\n", encoding="utf-8")


def workflow(record: Mapping[str, Any]) -> str:
    """What was run, as YAML: each notebook with the notebooks whose tables it reads and the parameters that it takes."""
    steps = [
        {
            "notebook": f"{name}.ipynb",
            "needs": [f"{need}.ipynb" for need in NEEDS.get(name, ())],
            "takes": _takes(named),
        }
        for name in KNOWN
        if (named := record["keys"].get(name)) is not None
    ]
    head = "# What made this report: notebooks run by presslens, each by papermill in a kernel of its own, in this order.\n"
    content = {"command": record["reproduce"], "notebooks": steps}
    return head + yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=1000)


def _takes(named: Mapping[str, str]) -> list[str]:
    return [part.removeprefix("parameter ") for part in named if part.startswith("parameter ")]


def metadata(folder: Path, record: Mapping[str, Any]) -> dict[str, Any]:
    """The crate as JSON-LD: what `write` puts into `ro-crate-metadata.json`."""
    settings = yaml.safe_load(SETTINGS.read_text("utf-8"))
    with _light():
        from rocrate.rocrate import ROCrate

        crate = ROCrate(version="1.1")
    made = _Crate(crate, settings, folder, record)
    made.describe()
    content: dict[str, Any] = crate.metadata.generate()
    return {**content, "@graph": sorted(content["@graph"], key=lambda entity: (entity["@id"] != NAME, entity["@id"]))}


@contextmanager
def _light() -> Iterator[None]:
    """Keep `requests` out while rocrate is imported: it takes twice as long as all else, and nothing is fetched here."""
    absent = "requests" not in sys.modules and "rocrate" not in sys.modules
    if absent:
        sys.modules["requests"] = ModuleType("requests")
    try:
        yield
    finally:
        if absent:
            del sys.modules["requests"]


class _Crate:
    """Fills an RO-Crate from a run folder and its record."""

    def __init__(self, crate: Any, settings: Mapping[str, Any], folder: Path, record: Mapping[str, Any]) -> None:
        self.crate, self.settings, self.folder, self.record = crate, settings, folder, record
        self.failures = [entry for entry in record["notebooks"] if entry.get("error")]

    def describe(self) -> None:
        """Add everything."""
        from presslens.reports.publishing import finding

        record, settings = self.record, self.settings
        self.crate.metadata.extra_contexts.append(settings["context"])
        profiles = [self.entity(**profile) for profile in settings["profiles"]]
        self.crate.metadata["conformsTo"] = [{"@id": "https://w3id.org/ro/crate/1.1"}, profiles[-1]]
        root = self.crate.root_dataset
        root["conformsTo"] = profiles
        root["name"] = f"A reading of {record['article']} by presslens"
        said = next((name for name in (NOTEBOOKS[-1], *SEVERAL) if name in record["keys"]), "")
        root["description"] = finding(self.folder, said) if said else settings["description"]
        root["license"] = self.entity(**settings["rights"])
        root["datePublished"] = _time(record["finished"])
        data = self.data()
        main = self.workflow(data)
        root["mainEntity"] = main
        action = self.action(main, data)
        root["mentions"] = action
        data["run.json"]["about"] = action
        if "agent" in action:
            root["author"] = action["agent"]

    def entity(self, id: str, type: str | list[str], **properties: Any) -> Any:
        from rocrate.model.contextentity import ContextEntity

        return self.crate.add(ContextEntity(self.crate, id, properties={"@type": type, **properties}))

    def data(self) -> dict[str, Any]:
        """A data entity for every file of the folder, by its path."""
        found = {}
        for path in sorted(p for p in self.folder.rglob("*") if p.is_file() and p.name != NAME):
            name, content = path.relative_to(self.folder).as_posix(), path.read_bytes()
            properties = {
                "name": name,
                "encodingFormat": self.settings["formats"].get(path.suffix, "application/octet-stream"),
                "contentSize": str(len(content)),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            if name == "run.json":
                properties["description"] = self.settings["record"]
            if path.suffix == ".ipynb":
                properties["@type"] = ["File", "SoftwareSourceCode"]
            if name == WORKFLOW:
                properties["@type"] = ["File", "SoftwareSourceCode", "ComputationalWorkflow"]
            found[name] = self.crate.add_file(path, dest_path=name, properties=properties)
        return found

    def workflow(self, data: Mapping[str, Any]) -> Any:
        record, main = self.record, data[WORKFLOW]
        main["name"] = " ".join(record["reproduce"].split()[:2])
        main["description"] = self.settings["workflow"]
        main["version"] = record["versions"]["presslens"]
        main["conformsTo"] = self.entity(**self.settings["bioschemas"])
        main["programmingLanguage"] = self.entity(**self.settings["language"])
        main["license"] = self.entity(**self.settings["licence"])
        main["hasPart"] = [entity for name, entity in data.items() if name.endswith(".ipynb")]
        main["input"] = [self.parameter(name) for name in record["parameters"]]
        main["softwareRequirements"] = [self.software(*item) for item in record["versions"].items()]
        for notebook in main["hasPart"]:
            notebook["programmingLanguage"] = main["programmingLanguage"]
            notebook["version"] = main["version"]
        return main

    def parameter(self, name: str) -> Any:
        from presslens.reports.parameters import Parameters

        field = Parameters.model_fields.get(name)
        value = self.record["parameters"][name]
        kind = {int: "Integer", float: "Float", bool: "Boolean"}.get(type(value), "Text")
        properties: dict[str, Any] = {"name": name, "additionalType": kind, "valueRequired": False}
        properties["workExample"] = {"@id": f"#value-{name}"}
        if field is not None:
            properties |= {"description": field.description, "defaultValue": _text(field.default)}
        return self.entity(f"#parameter-{name}", "FormalParameter", **properties)

    def software(self, name: str, version: str) -> Any:
        kind = "generic" if name == "python" else "pypi"
        properties = {"name": name, "softwareVersion": version}
        if name in self.settings["homes"]:
            properties["url"] = self.settings["homes"][name]
        return self.entity(f"pkg:{kind}/{name.lower()}@{version}", "SoftwareApplication", **properties)

    def action(self, main: Any, data: Mapping[str, Any]) -> Any:
        record = self.record
        inputs = [
            self.entity(f"#input-{name}", "CreativeWork", name=name, sha256=digest, description=self.settings["input"])
            for name, digest in record["inputs"].items()
        ]
        values = [
            self.entity(
                f"#value-{name}",
                "PropertyValue",
                name=name,
                value=_text(value),
                exampleOfWork={"@id": f"#parameter-{name}"},
            )
            for name, value in record["parameters"].items()
        ]
        properties: dict[str, Any] = {
            "name": f"presslens report on {record['article']}",
            "description": f"{record['reproduce']} (run key {record['run_key']}, commit {record['commit'] or 'unknown'})",
            "endTime": _time(record["finished"]),
            "instrument": main,
            "object": [*inputs, *values],
            "result": [entity for name, entity in data.items() if name not in {"run.json", WORKFLOW}],
            "actionStatus": f"http://schema.org/{'Failed' if self.failures else 'Completed'}ActionStatus",
        }
        if record.get("started"):
            properties["startTime"] = _time(record["started"])
        if self.failures:
            properties["error"] = "; ".join(f"{entry['notebook']}: {entry['error']}" for entry in self.failures)
        agent = self.agent()
        if agent is not None:
            properties["agent"] = agent
        return self.entity(f"#run-{record['run_key']}", "CreateAction", **properties)

    def agent(self) -> Any:
        said = os.environ.get(AGENT, "").strip()
        if not said:
            return None
        orcid = ORCID.search(said)
        name = ORCID.sub("", said).strip(" ()<>,;") or said
        return self.entity(orcid.group(0) if orcid else "#agent", "Person", name=name)


def _time(stamp: str) -> str:
    """A time as validators of the profiles expect it: with an offset, not a Z."""
    return re.sub(r"Z$", "+00:00", stamp)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
