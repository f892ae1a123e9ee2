"""For each reader of readers.py, an input it accepts, and inputs it must refuse, keyed by part of the error message.

Those of each reader are in its folder, in a module `bad_…`.
"""

import bad_diagrams
import bad_drawings
import bad_figures
import bad_gitlab_pipelines
import bad_graphs
import bad_json
import bad_pages
import bad_reports
import bad_tables
import bad_templates
import bad_workflows
import bad_yaml
from bad_pipelines import BAD_PLAYS, BAD_SERVICES, BAD_SHAPES, GOOD

MODULES = [
    bad_diagrams,
    bad_drawings,
    bad_figures,
    bad_gitlab_pipelines,
    bad_graphs,
    bad_json,
    bad_pages,
    bad_reports,
    bad_tables,
    bad_templates,
    bad_workflows,
    bad_yaml,
]

GOOD_INPUTS = {
    "pipeline-shape": GOOD,
    "pipeline-service": GOOD,
    "pipeline-play": GOOD,
}
BAD_INPUTS = {
    "pipeline-shape": BAD_SHAPES,
    "pipeline-service": BAD_SERVICES,
    "pipeline-play": BAD_PLAYS,
}
for module in MODULES:
    GOOD_INPUTS |= module.GOOD
    BAD_INPUTS |= module.BAD
