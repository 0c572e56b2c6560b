"""What every answer tells a browser to keep away from it."""

from flask import Flask, Response, request

# Nothing that is answered may be kept, framed, guessed at, run, or read from elsewhere.
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            *("accelerometer", "autoplay", "browsing-topics", "camera"),
            *("display-capture", "fullscreen", "geolocation", "gyroscope", "hid"),
            *("identity-credentials-get", "magnetometer", "microphone", "midi"),
            *("payment", "publickey-credentials-get", "screen-wake-lock", "serial"),
            *("usb", "xr-spatial-tracking"),
        )
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}
# A browser that came over TLS once comes in no other way for a year (RFC 6797).
OVER_TLS = HEADERS | {"Strict-Transport-Security": "max-age=31536000"}


def guard(app: Flask) -> None:
    """Have every answer of the application carry them, unless it says otherwise."""
    app.after_request(guarded)


def guarded(response: Response) -> Response:
    wanted = OVER_TLS if request.is_secure else HEADERS
    own = {name.lower() for name in response.headers.keys()}  # noqa: SIM118  no mapping
    response.headers.extend(
        [(name, wanted[name]) for name in wanted if name.lower() not in own]
    )
    return response
