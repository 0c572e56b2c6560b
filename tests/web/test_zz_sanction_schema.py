"""Temporary."""
from tests.web.test_schema import *  # noqa
from tests.web import test_schema as S
from tests.web.casing import enact
from tests.web.sanctioning import sanctioned
MINE=("/v1/sanctions","/v1/measures","/v1/reparations","/v1/personnel-changes","/v1/people/{number}/sanctions")
def test_mine(office):
    enact(office); sanctioned(office,"li"); office.projector.catch_up()
    api = schemathesis.openapi.from_wsgi("/openapi.json", office.app)
    ops=[o.ok() for o in api.get_all_operations() if o.ok().path.startswith(MINE)]
    assert len(ops)==13, [o.path for o in ops]
    caller=office.caller("deciding_authority","han","department"); hr=office.caller("hr")
    for op in ops:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            @settings(max_examples=12, deadline=None, database=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
            @given(case=op.as_strategy(generation_mode=mode))
            def go(case):
                who = hr if "personnel" in op.path else caller
                for known,value in (("sanction","li:government:1"),("measure","li:government:m1"),("number","li")):
                    if known in (case.path_parameters or {}): case.path_parameters[known]=value
                case.headers = {**dict(case.headers or {}), "Authorization": f"Bearer {who.token}"}
                r=case.call()
                assert r.status_code<500, (op.path, r.status_code, r.text)
                case.validate_response(r, checks=S.KEPT)
            go()
for n in list(globals()):
    if n.startswith("test_") and n!="test_mine": del globals()[n]
