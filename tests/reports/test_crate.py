"""The run folder as an RO-Crate, against what RO-Crate 1.1 and the workflow run profiles 0.5 ask for."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from presslens.reports import crate, layout
from presslens.reports.parameters import Parameters

pytestmark = pytest.mark.notebooks
Graph = dict[str, dict[str, Any]]


def graph_of(folder: Path) -> Graph:
    content = json.loads((folder / crate.NAME).read_text("utf-8"))
    entities = content["@graph"]
    assert len({e["@id"] for e in entities}) == len(entities)
    return {entity["@id"]: entity for entity in entities}


def many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def ids(value: Any) -> list[str]:
    return [entry["@id"] for entry in many(value)]


@pytest.fixture(scope="module")
def graph(report: Path) -> Graph:
    return graph_of(report)


def test_the_crate_names_the_profiles_that_it_follows(graph: Graph) -> None:
    assert ids(graph[crate.NAME]["conformsTo"]) == [
        "https://w3id.org/ro/crate/1.1",
        "https://w3id.org/workflowhub/workflow-ro-crate/1.0",
    ]
    assert graph[crate.NAME]["about"] == {"@id": "./"}
    profiles = ids(graph["./"]["conformsTo"])
    assert {"https://w3id.org/ro/wfrun/process/0.5", "https://w3id.org/ro/wfrun/workflow/0.5"} <= set(profiles)
    assert all(graph[profile]["@type"] == "CreativeWork" for profile in profiles)
    assert {"name", "description", "datePublished", "license"} <= set(graph["./"])
    assert graph[graph["./"]["license"]["@id"]]["description"].startswith("The rights in the article")


def test_every_file_is_a_data_entity_with_its_format_size_and_hash(report: Path, graph: Graph) -> None:
    files = {p.relative_to(report).as_posix() for p in report.rglob("*") if p.is_file()} - {crate.NAME}
    assert set(ids(graph["./"]["hasPart"])) == files
    for name in files:
        content, entity = (report / name).read_bytes(), graph[name]
        assert "File" in many(entity["@type"])
        assert entity["encodingFormat"] != "application/octet-stream"
        assert entity["contentSize"] == str(len(content))
        assert entity["sha256"] == hashlib.sha256(content).hexdigest()


def test_the_workflow_is_the_main_entity_and_holds_the_notebooks(graph: Graph) -> None:
    workflow = graph[graph["./"]["mainEntity"]["@id"]]
    assert set(workflow["@type"]) == {"File", "SoftwareSourceCode", "ComputationalWorkflow"}
    assert graph[workflow["programmingLanguage"]["@id"]]["@type"] == "ComputerLanguage"
    assert ids(workflow["hasPart"]) == [f"{name}.ipynb" for name in layout.NOTEBOOKS]
    software = [graph[i] for i in ids(workflow["softwareRequirements"])]
    assert {"presslens", "papermill", "python"} <= {entity["name"] for entity in software}
    assert all(entity["@type"] == "SoftwareApplication" and entity["softwareVersion"] for entity in software)


def test_the_run_is_an_action_on_the_inputs_and_the_parameters(report: Path, graph: Graph) -> None:
    (name,) = ids(graph["./"]["mentions"])
    action = graph[name]
    record = json.loads((report / "run.json").read_text("utf-8"))
    assert action["@type"] == "CreateAction"
    assert ids(action["instrument"]) == ids(graph["./"]["mainEntity"])
    assert action["endTime"] == record["finished"].replace("Z", "+00:00")
    assert action["actionStatus"] == "http://schema.org/CompletedActionStatus"
    assert "error" not in action
    objects = [graph[i] for i in ids(action["object"])]
    assert {e["name"]: e["sha256"] for e in objects if e["@type"] == "CreativeWork"} == record["inputs"]
    values = {e["name"]: e for e in objects if e["@type"] == "PropertyValue"}
    assert values["window"]["value"] == "5"
    formal = {graph[i]["name"]: graph[i] for i in ids(graph[crate.WORKFLOW]["input"])}
    assert set(formal) == set(values) == set(Parameters.model_fields)
    for name, parameter in formal.items():
        assert parameter["@type"] == "FormalParameter"
        assert parameter["additionalType"] in {"Text", "Integer", "Boolean"}
        assert values[name]["exampleOfWork"] == {"@id": parameter["@id"]}
    results = set(ids(action["result"]))
    assert {"index.html", "5_brief.ipynb", "tables/sentences.parquet"} <= results
    assert ids(graph["run.json"]["about"]) == [action["@id"]]


def test_every_reference_leads_to_an_entity_or_to_the_web(graph: Graph) -> None:
    for entity in graph.values():
        for value in entity.values():
            for entry in many(value):
                if isinstance(entry, dict):
                    assert entry["@id"] in graph or entry["@id"].startswith("https://")


def test_only_the_times_differ_between_two_crates_of_one_run(report: Path, tmp_path: Path) -> None:
    record = json.loads((report / "run.json").read_text("utf-8"))
    later = {**record, "finished": "2031-02-03T04:05:06Z"}
    first, second = crate.metadata(report, record), crate.metadata(report, later)
    text = json.dumps(first).replace(record["finished"].replace("Z", "+00:00"), "2031-02-03T04:05:06+00:00")
    assert text == json.dumps(second)
    assert json.loads((report / crate.NAME).read_text("utf-8")) == first


def test_a_failed_run_says_so_and_who_ran_it_is_said_when_known(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(crate.AGENT, "Ada Lovelace https://orcid.org/0000-0002-1825-0097")
    record = json.loads((report / "run.json").read_text("utf-8"))
    record["notebooks"][1]["error"] = "ZeroDivisionError: division by zero"
    del record["keys"]["5_brief"]
    folder = tmp_path / "some"
    folder.mkdir()
    for name in ("2_sentiment.ipynb", "run.json"):
        shutil.copy(report / name, folder)
    crate.write(folder, record)
    graph = graph_of(folder)
    action = graph[graph["./"]["mentions"]["@id"]]
    assert action["actionStatus"] == "http://schema.org/FailedActionStatus"
    assert action["error"] == "2_sentiment: ZeroDivisionError: division by zero"
    agent = graph[action["agent"]["@id"]]
    assert agent == {"@id": "https://orcid.org/0000-0002-1825-0097", "@type": "Person", "name": "Ada Lovelace"}
    assert "5_brief" not in (folder / crate.WORKFLOW).read_text("utf-8")
