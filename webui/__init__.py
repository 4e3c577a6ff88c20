"""The web room: the answers of :mod:`pilcrow.search` as pages and as JSON.

Every state is an address and every page is complete without JavaScript. Pages say what they do in steps
(:mod:`webui.pages`, :mod:`webui.api`); what they show is made from results by presenters (the ``*_view`` modules),
which hold every link; templates only loop.
"""

from __future__ import annotations

import functools
import hashlib
from dataclasses import replace
from pathlib import Path

import jinja2
from flask import Flask, url_for
from flask.json.provider import DefaultJSONProvider

from webui.answers import keep_answers
from webui.api import Api
from webui.compression import compress_answers
from webui.crawlers import Crawlers
from webui.errors import handle_errors
from webui.examples import Examples
from webui.gate import keep_gate
from webui.headers import add_headers
from webui.health import Health
from webui.library import Library
from webui.metrics import Metrics
from webui.pages import Pages
from webui.patience import Patient
from webui.profiles_pages import ProfilePages
from webui.related_pages import RelatedPages
from webui.settings import Settings
from webui.shared import Shared
from webui.suggestions import Suggestions
from webui.table_pages import TablePages
from webui.visitors import Behind
from webui.visits import follow_visits

__all__ = ["Settings", "create_app"]


class PlainJson(DefaultJSONProvider):
    """JSON with its keys in the order in which they were written, and letters as they are."""

    sort_keys = False
    ensure_ascii = False


def create_app(index: Path | str, *, settings: Settings | None = None, common: Shared | None = None) -> Flask:
    """The site of the index in the directory ``index``, as a WSGI application.

    The index may be missing yet: the pages then say how to build it, and answer as soon as it is there. A new
    generation is seen at the next request. ``common`` is what several processes of one site share. Without ``settings``
    the site is its caller's own, who may ask as often as it likes.
    """
    site = replace(settings or Settings(rate=0), index=Path(index))
    common = common or Shared()
    app = Flask(__name__)
    app.json = PlainJson(app)
    library = Library(site.index)
    app.extensions["pilcrow"] = library
    _set_up_templates(app, site)
    app.jinja_env.globals["examples"] = Examples(library)
    Pages(library, site).register(app)
    Api(library, site).register(app)
    TablePages(library, site).register(app)
    ProfilePages(library).register(app)
    Suggestions(library, site).register(app)
    RelatedPages(library, site).register(app)
    metrics = Metrics()
    for others in (Crawlers(library, site), Health(library, site, metrics)):
        others.register(app)
    # What is said first is asked first, and has the last word about the answer.
    follow_visits(app, site, library, metrics)
    keep_gate(app, site, metrics, common)
    handle_errors(app, site, metrics)
    add_headers(app, site)
    keep_answers(app, site, library, metrics, common)
    compress_answers(app)
    app.wsgi_app = Behind(Patient(app.wsgi_app, site), site.proxies)  # type: ignore[method-assign]
    return app


def _set_up_templates(app: Flask, site: Settings) -> None:
    """Strict templates that escape everything, with the few names that every page needs."""
    app.jinja_options = {"undefined": jinja2.StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.autoescape = True
    app.jinja_env.globals.update(
        static=functools.cache(functools.partial(_static_url, app)),
        max_query=site.max_query,
        query="",
        kept=(),
        here="",
    )


def _static_url(app: Flask, name: str) -> str:
    """The address of a static file with its digest, so that browsers may keep it until it changes."""
    content = Path(app.static_folder or "", name).read_bytes()
    return url_for("static", filename=name, v=hashlib.sha256(content).hexdigest()[:10])
