"""What every answer tells browsers to keep away from it."""

from tests.web.login.lobby import HERE, Lobby

EVERYWHERE = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}
PATHS = (
    *("/health", "/openapi.json", "/docs", "/v1/session", "/v1/nowhere", "/login"),
    *("/login/callback", "/nowhere"),
)


def test_every_answer_carries_them(lobby: Lobby) -> None:
    for path in PATHS:
        headers = lobby.guest().get(path).headers
        for name, value in EVERYWHERE.items():
            assert headers.getlist(name) == [value], (path, name)
        assert "camera=()" in headers["Permissions-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_over_tls_a_browser_is_told_to_come_in_no_other_way(lobby: Lobby) -> None:
    client = lobby.app.test_client()

    over, plain = (
        client.get("/health", base_url=b) for b in (HERE, "http://localhost")
    )

    assert over.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in plain.headers


def test_the_docs_page_keeps_a_policy_of_its_own(lobby: Lobby) -> None:
    page = lobby.guest().get("/docs")

    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert lobby.guest().get("/health").headers["Content-Security-Policy"] == (
        "default-src 'none'; frame-ancestors 'none'"
    )
