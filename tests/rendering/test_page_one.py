"""Page one: who, for whom, how much is left, how sure and what else, each in a sentence made by rule."""

from __future__ import annotations

import dataclasses

import polars as pl
import pytest
from rendering.fake_run import fake_run

from forensics.case import Reply
from forensics.findings import Detection, Failure, Finding, Run, Score
from forensics.messages import Message
from reports.public_version import public_run
from reports.report_model import Answers, Block, Figure, Table, Text
from reports.sections.findings.abcde import ABCDE
from reports.sections.summary import build, first_page
from reports.wording import words

GROUPS = (
    "3 groups of accounts (48 accounts in all, one group with low confidence) acted together in a way that ordinary "
    "audiences in these data, such as the followers of one page, do not. They did 300 of the 1,000 acts examined "
    "(posts, shares, likes, comments, follows, ratings): 30% (28% to 35% allowing for errors)."
)


def left(by_groups: dict[str | None, float]) -> pl.DataFrame:
    """Return acts of which groups did so many for each camp, 500 for each and for none, and the whole."""
    rows = [("all", None, 500.0 * len(by_groups), sum(by_groups.values()))]
    rows += [("none" if camp is None else "camp", camp, 500.0, n) for camp, n in by_groups.items()]
    table = pl.DataFrame(rows, ["scope", "camp", "total", "by_groups"], orient="row")
    ends = {f"{name}{end}": pl.col(name) for name in ("by_groups", "beyond") for end in ("_low", "_high")}
    ends |= {"left_low": pl.col("left") - 10.0, "left_high": pl.col("left") + 20.0}
    return (
        table.with_columns(measure=pl.lit("acts"), beyond=pl.lit(0.0), left=pl.col("total") - pl.col("by_groups"))
        .with_columns(**ends, share=pl.col("by_groups") / pl.col("total"))
        .with_columns(share_low=(pl.col("share") - 0.02).clip(0.0), share_high=pl.col("share") + 0.05)
        .with_columns(pl.lit(1).alias(f"rank{end}") for end in ("", "_without", "_without_low", "_without_high"))
    )


def run_with(by_groups: dict[str | None, float], *, is_quiet: bool = False) -> Run:
    run = fake_run(is_failed=False, is_quiet=is_quiet)
    camps = pl.DataFrame(
        {
            "finding_id": ["coordination-1", "coordination-1", "coordination-2", "coordination-2"],
            "camp": ["amber", None, "teal", "amber"],
            "n_acts": [90, 10, 5, 5],
            "share": [0.9, 0.1, 0.5, 0.5],
            "n_camp": [900, None, 500, 500],
            "share_of_camp": [0.1, None, 0.01, 0.01],
        }
    )
    empty = {"served_targets": {"finding_id": [], "n_accounts": [], "n_target": []}, "episodes": {"finding_id": []}}
    none = {name: pl.DataFrame(columns) for name, columns in {**empty, "episode_acts": {"finding_id": []}}.items()}
    served = Detection("served", {}, tables={"served_camps": camps, **none})
    remaining = Detection("remaining", {}, tables={"remaining_camps": left(by_groups)})
    return dataclasses.replace(run, detections=(*run.detections, served, remaining))


def answers(run: Run) -> dict[str, str]:
    """Return the first page's answers by their question, all sentences of each as one text."""
    rows = next(block for block in first_page(run, words("en")) if isinstance(block, Answers)).answers
    return {
        row.question: " ".join(text for text, _ in row.sentences).replace("\N{NO-BREAK SPACE}", " ") for row in rows
    }


def lead(blocks: tuple[Block, ...]) -> str:
    return next(block.text for block in blocks if isinstance(block, Text) and block.tone == "lead")


def test_the_lead_says_who_and_how_much() -> None:
    text = lead(first_page(run_with({"amber": 200.0, "teal": 100.0}), words("en")))
    assert text.startswith(GROUPS)
    assert text.endswith(
        "amber 40% (38% to 45%) and teal 20% (18% to 25%). Who runs the accounts, such data do not show."
    )


def test_the_camps_stand_in_one_order_whatever_is_counted() -> None:
    acts = left({"amber": 200.0, "teal": 100.0, "violet": 50.0})
    acts = acts.with_columns(total=pl.col("total") + pl.col("by_groups"))
    likes = acts.with_columns(
        measure=pl.lit("interactions"),
        total=pl.when(pl.col("camp") == "violet").then(9_000.0).otherwise(pl.col("total")),
        beyond=pl.col("by_groups"),
    )
    remaining = Detection("remaining", {}, tables={"remaining_camps": pl.concat([acts, likes.select(acts.columns)])})
    run = fake_run(is_failed=False, is_quiet=False)
    sentence = lead(first_page(dataclasses.replace(run, detections=(*run.detections, remaining)), words("en")))
    first, second = sentence.split("counted below posts")
    for half in (first, second):
        assert half.index("amber") < half.index("teal") < half.index("violet")


def test_it_says_for_which_camps_the_groups_acted_and_which_of_them_mostly_for_one() -> None:
    text = answers(run_with({"amber": 200.0, "teal": 50.0, None: 50.0}))["Whom did it serve?"]
    assert text.startswith("The groups’ 300 acts: 200 for amber, 50 for teal, and 50 for no camp.")
    assert text.endswith("one camp: Group 1 for amber (90%).")  # half of Group 2's is not most


def test_the_public_version_answers_as_the_working_copy_does() -> None:
    run = run_with({"amber": 200.0, "teal": 100.0})
    public = first_page(public_run(run, b"0123456789abcdef"), words("en").for_the_public())
    assert lead(public) == lead(first_page(run, words("en")))
    assert any(isinstance(block, Figure) for block in public)
    assert "None" not in str([block.text for block in public if isinstance(block, Text)])


def test_data_without_camps_are_said_to_hold_none_and_how_to_get_an_answer() -> None:
    run = run_with({None: 300.0})
    text = answers(run)["Whom did it serve?"]
    assert text.startswith("Acts cannot be counted by camp, because this case names no camp")
    assert 'write camp = "…" below each [[data]]' in text
    public = {
        row.question: str(row.sentences)
        for block in first_page(public_run(run, b"0123456789abcdef"), words("en").for_the_public())
        if isinstance(block, Answers)
        for row in block.answers
    }["Whom did it serve?"]
    assert "the data name no camp" in public
    assert "[[data]]" not in public  # its readers have no case file


def test_camps_that_no_group_acted_for_are_named() -> None:
    run = run_with({"amber": 0.0, "teal": 0.0, None: 300.0})
    text = answers(run)["Whom did it serve?"]
    assert text.startswith("None of the 300 acts of the groups is for a camp")
    assert "(amber and teal)" in text


def test_without_camps_the_target_of_most_accounts_is_named_where_it_has_a_name() -> None:
    run = run_with({None: 300.0})
    served = run.detections[-2]
    targets = pl.DataFrame(
        {
            "finding_id": ["coordination-1", "coordination-2"],
            "action": "repost",
            "object_kind": ["text", "media"],
            "object_id": ["1a", "10911"],
            "text": ["Only one candidate listens", None],
            "n_accounts": [12, 9],
            "n_target": [16, 9],
        }
    )
    served = dataclasses.replace(served, tables={**served.tables, "served_targets": targets})
    detections = tuple(served if each.detector == "served" else each for each in run.detections)
    text = answers(dataclasses.replace(run, detections=detections))["Whom did it serve?"]
    assert "Group 1, “Only one candidate listens” (12 of its 35 accounts)." in text
    assert "10911" not in text


def test_without_groups_nothing_is_drawn_served_or_confirmed() -> None:
    run = run_with({"amber": 0.0, "teal": 0.0}, is_quiet=True)
    blocks = first_page(run, words("en"))
    assert not any(isinstance(block, Figure) for block in blocks)
    assert "Whom did it serve?" not in answers(run)
    assert "was found in one half" not in str(blocks)


@pytest.mark.parametrize("is_limited", [True, False])
def test_a_limit_that_hides_groups_stands_on_page_one(*, is_limited: bool) -> None:
    run = run_with({"amber": 0.0}, is_quiet=True)
    first, *others = run.detections
    notes = ("beyond_validated",) if is_limited else ("coarse_times",)
    run = dataclasses.replace(run, detections=(dataclasses.replace(first, notes=notes), *others))
    shown = answers(run)["What could not be judged?"]
    assert ("ordinary audiences in these data act together more than in any" in shown) == is_limited
    assert ("can hardly show such groups" in lead(first_page(run, words("en")))) == is_limited


def test_questions_without_an_answer_stand_together_by_their_reason() -> None:
    reason, other = Message("No accounts here."), Message("No posts here.")
    failures = (
        Failure("reach", other, is_refusal=True),
        Failure("handles", reason, is_refusal=True),
        Failure("registrations", reason, is_refusal=True),
    )
    run = dataclasses.replace(run_with({"amber": 1.0}), failures=failures)
    text = answers(run)["What could not be judged?"]
    assert text.startswith("Patterns of account names and registration dates: No accounts here. Engagement against")


def test_the_explanations_of_the_surest_findings_come_first() -> None:
    run = run_with({"amber": 1.0})
    first, *others = run.detections
    findings = tuple(
        dataclasses.replace(finding, strength=strength, alternatives=alternatives)
        for finding, strength, alternatives in zip(
            first.findings, ("low", "high", "low"), (("news_feed",), ("live_event",), ("news_feed",)), strict=True
        )
    )
    run = dataclasses.replace(run, detections=(dataclasses.replace(first, findings=findings), *others))
    text = answers(run)["What else could explain it?"]
    assert text.index("live event") < text.index("news feed")


def test_the_groups_stand_with_their_sizes_by_the_confidence_in_them() -> None:
    assert answers(run_with({"amber": 1.0}))["Which groups?"] == (
        "High confidence: Group 1 (35 accounts). Moderate confidence: Group 2 (9). High: far apart from all other "
        "audiences of these data, and rare where nobody was hired; moderate: one of the two."
    )


def test_where_a_confidence_first_stands_it_says_how_often_it_was_wrong() -> None:
    run = run_with({"amber": 1.0})
    rates = pl.DataFrame({"confidence": ["high", "low", "moderate"], "n_measured": [86, 3, 45], "n_wrong": [2, 1, 5]})
    first, *others = run.detections
    first = dataclasses.replace(first, tables={**first.tables, "error_rates": rates})
    text = answers(dataclasses.replace(run, detections=(first, *others)))["Which groups?"]
    assert text.endswith(
        "2 of 86 groups of high confidence and 5 of 45 groups of moderate confidence were mostly innocents."
    )


CLAIM = "What does this say of the claim?"


def test_the_claim_is_held_beside_the_numbers_and_never_decided() -> None:
    run = run_with({"amber": 200.0, "teal": 100.0})
    case = dataclasses.replace(run.case, claim="Amber is loved.", conclusion="We would not repeat it.")
    text = answers(dataclasses.replace(run, case=case))[CLAIM]
    assert text.startswith("These data alone neither confirm nor refute it. 30% of the acts came from groups")
    assert text.endswith("The analyst concludes: “We would not repeat it.”")
    quiet = answers(dataclasses.replace(run_with({"amber": 0.0}, is_quiet=True), case=case))[CLAIM]
    assert "could be counted as made, which does not prove it genuine" in quiet
    uncounted = dataclasses.replace(fake_run(is_failed=False), case=case)
    assert "could not be measured" in answers(uncounted)[CLAIM]
    without = dataclasses.replace(run, case=dataclasses.replace(case, claim=""))
    assert CLAIM not in answers(without)


def test_those_served_are_shown_with_question_and_answer_and_a_camp_not_asked_is_named() -> None:
    run = run_with({"amber": 200.0, "teal": 100.0, "violet": 0.0})
    reply = Reply("The amber office", "2024-10-07", "Who ran them?", "Not us.", "amber")
    question = "What do those concerned say?"
    text = answers(dataclasses.replace(run, case=dataclasses.replace(run.case, right_of_reply=(reply,))))[question]
    asked = "The amber office, asked on 7 October 2024: “Who ran them?” Answer: “Not us.”"
    assert text == f"{asked} Nobody was asked so far for: teal."
    nobodys = dataclasses.replace(reply, camp="")  # whose camp it is nobody wrote down, so nobody is missed
    text = answers(dataclasses.replace(run, case=dataclasses.replace(run.case, right_of_reply=(nobodys,))))[question]
    assert "Nobody" not in text


def test_what_is_left_of_a_camp_stands_with_its_range_and_data_without_camps_have_the_row_too() -> None:
    question, support = (
        "What is left without it?",
        "The ranges allow for accounts wrongly named or missed in what was found, not for that.",
    )
    with_camps = run_with({"amber": 200.0, "teal": 100.0})
    text = answers(with_camps)[question]
    assert text.startswith(
        "Acts left without those of the groups: amber 300 (290 to 320) of 500 and teal 400 (390 to 420) of 500. The"
    )
    assert "The camps keep their order." in text
    (row,) = (
        row
        for block in first_page(with_camps, words("en"))
        if isinstance(block, Answers)
        for row in block.answers
        if row.question == question
    )
    assert row.sentences[-1][1].endswith(support)
    without = answers(run_with({None: 300.0}))[question]
    assert without == "Acts left without those of the groups: 200 (190 to 220) of 500. "


def test_a_finding_of_low_confidence_is_among_the_strongest_only_where_none_is_surer() -> None:
    run = run_with({"amber": 1.0})
    first, *others = run.detections
    shift = Finding("tempo-1", "how", "dataset", "tempo_shift", (Score("accounts_certain", 5.0, "accounts"),), "low")
    others.append(Detection("tempo", {}, (shift,)))
    low = tuple(dataclasses.replace(finding, strength="low") for finding in first.findings)
    run = dataclasses.replace(run, detections=(first, *others))
    all_low = dataclasses.replace(run, detections=(dataclasses.replace(first, findings=low), *others))
    assert "The acts of 5 accounts" not in answers(run)["The strongest findings, one of each kind"]
    assert "low" not in answers(run)["The strongest findings, one of each kind"]
    assert "The acts of 5 accounts" in answers(all_low)["What was found, all with low confidence"]
    assert "The strongest findings, one of each kind" not in answers(all_low)


def test_the_picture_says_of_how_many_and_how_far_the_border_may_move() -> None:
    (figure,) = (block for block in first_page(run_with({"amber": 200.0}), words("en")) if isinstance(block, Figure))
    assert "40%: 200 of 500" in figure.svg
    assert ">400<" in figure.svg  # the scale
    assert "where the border may lie" in figure.caption


def test_questions_of_one_reason_are_not_all_listed() -> None:
    names = ("registrations", "handles", "geography", "tempo", "reach", "ratios")
    failures = tuple(Failure(name, Message("No accounts here."), is_refusal=True) for name in names)
    text = answers(dataclasses.replace(run_with({"amber": 1.0}), failures=failures))["What could not be judged?"]
    assert text.startswith(
        "Registration dates, patterns of account names, where the audience is, working rhythm, and 2 more:"
    )


def refused_run() -> Run:
    """Return a run in which nobody could be asked for who acted together, with texts that several posted."""
    texts = pl.DataFrame(
        {"text": ["vote for the bridge", None], "n_accounts": [17, 3], "n_posts": [40, 4], "n_wordings": [2, 1]}
    )
    repeated = Detection("texts", {}, tables={"repeated_texts": texts.head(1)})
    refusal = Failure("coordination", Message("The data hold 8 audiences."), is_refusal=True)
    others = tuple(Failure(name, Message("No details."), is_refusal=True) for name in ("handles", "registrations"))
    return dataclasses.replace(fake_run(is_failed=False), detections=(repeated,), failures=(*others, refusal))


def test_why_nobody_could_be_asked_who_acted_together_comes_first() -> None:
    rows = answers(refused_run())
    assert rows["What could not be judged?"].startswith("Acting together: The data hold 8 audiences.")
    assert "strongest" not in " ".join(rows)


def test_a_question_that_was_refused_is_not_called_quiet() -> None:
    blocks = build(refused_run(), words("en"))
    levels = next(block for block in blocks if isinstance(block, Table) and block.anchor == "level-table")
    assert levels.rows[0][2].text.startswith("Could not be judged in these data")
    who = next(answer for block in blocks[1:] if isinstance(block, Answers) for answer in block.answers)
    assert "Nothing found" not in str(who)


def test_repeated_texts_stand_on_page_one_where_no_group_does() -> None:
    text = answers(refused_run())["Most repeated texts"]
    assert text.startswith("“vote for the bridge”: 17 accounts, 40 times.")
    assert "Most repeated texts" not in answers(run_with({"amber": 200.0}))


def test_the_five_letters_do_not_repeat_page_one() -> None:
    run = run_with({"amber": 200.0, "teal": 100.0})
    blocks = ABCDE.build(run, words("en"))
    (letters,) = (block.answers for block in blocks if isinstance(block, Answers))
    texts = {row.question: " ".join(text for text, _ in row.sentences) for row in letters}
    assert texts["Degree"].startswith("30% of the acts (28% to 35%) came from groups")
    assert lead(first_page(run, words("en"))) not in texts["Degree"]
    assert "Acts left" not in texts["Effect"]


def test_behaviour_found_with_low_confidence_alone_is_no_behaviour_that_nobody_examined() -> None:
    run = run_with({"amber": 1.0})
    low = tuple(dataclasses.replace(finding, strength="low") for finding in run.detections[0].findings)
    run = dataclasses.replace(run, detections=(dataclasses.replace(run.detections[0], findings=low),))
    (letters,) = (block.answers for block in ABCDE.build(run, words("en")) if isinstance(block, Answers))
    behaviour = next(row for row in letters if row.question == "Behaviour")
    assert behaviour.sentences == (("Acting together.", "Confidence: low."),)
