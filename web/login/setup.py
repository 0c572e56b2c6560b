"""Gives an application its entrance: who may come in, how, and how often."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from web.login.api import password
from web.login.csrf import Derived
from web.login.entrance import EXTENSION, Entrance
from web.login.limiting import limited
from web.login.provider import known
from web.login.refusals import register_refusals
from web.login.routes import pages
from web.login.settings import LoginSettings


def install(app: Flask, settings: LoginSettings) -> None:
    """Give the application its entrance; the resources are registered by themselves."""
    behind_proxies(app, settings.proxies)
    app.session_interface = Derived()
    # Flask-WTF: a token is good for as long as its session.
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    register_refusals(app)
    app.extensions[EXTENSION] = Entrance(
        settings,
        limited(app, settings, (pages, password)),
        known(app, settings.provider) if settings.provider else None,
    )
    app.register_blueprint(pages)


def behind_proxies(app: Flask, count: int) -> None:
    """Believe so many proxies who asks them, and how; without any, nobody."""
    if count:
        ahead = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)
        app.wsgi_app = ahead  # type: ignore[method-assign]  # as Flask says to do it
