"""Editing on the chat page: a text of one's own goes back into the box, and out again as another one."""

import httpx

from tests.sandbox.sample import GROUP, LI, WANG, Sample

WHO = {"as": str(LI), "chat": str(GROUP), "lang": "zh"}


async def test_a_text_of_ones_own_goes_back_into_the_box(sample: Sample, page: httpx.AsyncClient) -> None:
    mine, other = sample.people.say(LI, GROUP, "样例"), sample.people.say(WANG, GROUP, "别人的")
    html = (await page.get("/", params=WHO)).text
    assert f"edit={mine.id}" in html
    assert f"edit={other.id}" not in html
    assert 'action="/page/edit"' not in html
    box = (await page.get("/", params=WHO | {"edit": str(mine.id)})).text.partition('action="/page/edit"')[2]
    assert ">样例</textarea>" in box
    assert f'name="message" value="{mine.id}"' in box
    for none in (str(other.id), "999", "x", "²", "-1", "9" * 5000):
        assert 'action="/page/edit"' not in (await page.get("/", params=WHO | {"edit": none, "newest": none})).text


async def test_it_is_another_one_from_there_on_and_no_others_is(sample: Sample, page: httpx.AsyncClient) -> None:
    mine, other = sample.people.say(LI, GROUP, "样例"), sample.people.say(WANG, GROUP, "别人的")
    for number, text in ((mine.id, " 改过的 "), (mine.id, " "), (other.id, "改别人的"), (999, "没有")):
        answer = await page.post("/page/edit", data=WHO | {"message": str(number), "text": text})
        assert answer.status_code == 200
        assert "edit" not in answer.url.params
    assert (mine.text, mine.edits, other.text) == ("改过的", ["样例"], "别人的")
    assert "已编辑" in (await page.get("/", params=WHO)).text
