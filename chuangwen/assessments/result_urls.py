"""Addresses of scores and what comes after them."""

from django.urls import path

from .views import cycles, filings, parts, replies, results

_round = "<int:round_id>/"
_score = _round + "scores/<int:unit_id>/<slug:role>/"
_objection = "objections/<int:objection_id>/"
_cycle = "cycles/<int:cycle_id>/"
_official = "official/<int:result_id>/"
_filing = "filings/<int:filing_id>/"

patterns = [
    path(_round + "board/", results.show_board, name="board"),
    path(_round + "score/", results.score_round, name="score_round"),
    path(_round + "lock/", results.lock_round, name="lock_round"),
    path(_round + "lock/file/", results.lock_file, name="lock_file"),
    path(_score, results.result, name="result"),
    path(_score + "explain/", results.explain, name="explain"),
    path(_round + "parts/", parts.parts, name="parts"),
    path(_round + "parts/set/", parts.set_part, name="set_part"),
    path(_round + "parts/adjust/", parts.add_adjustment, name="add_adjustment"),
    path(_round + "parts/template/", parts.parts_template, name="parts_template"),
    path(_round + "parts/bring-in/", parts.bring_in_parts, name="bring_in_parts"),
    path("parts/<int:part_id>/remove/", parts.remove_part, name="remove_part"),
    path("adjustments/<int:adjustment_id>/remove/", parts.remove_adjustment, name="remove_adjustment"),
    path(_round + "reply/", replies.reply, name="reply"),
    path(_round + "accept-findings/", replies.accept_findings, name="accept_findings"),
    path(_round + "ask-for-replies/", replies.ask_for_replies, name="ask_for_replies"),
    path(_round + "objections/", replies.objections, name="objections"),
    path("marks/<int:mark_id>/object/", replies.object_to, name="object_to"),
    path(_objection, replies.objection, name="objection"),
    path(_objection + "decide/", replies.decide_objection, name="decide_objection"),
    path(_objection + "withdraw/", replies.withdraw_objection, name="withdraw_objection"),
    path("proofs/<int:file_id>/", replies.proof, name="proof"),
    path("cycles/", cycles.cycles, name="cycles"),
    path("cycles/add/", cycles.add_cycle, name="add_cycle"),
    path(_cycle, cycles.cycle, name="cycle"),
    path(_cycle + "change/", cycles.change_cycle, name="change_cycle"),
    path(_cycle + "add-official/", cycles.add_official, name="add_official"),
    path(_official, cycles.official, name="official"),
    path(_official + "add-lost/", cycles.add_lost, name="add_lost"),
    path("lost/<int:lost_id>/", cycles.lost, name="lost"),
    path(_round + "filings/", filings.filings, name="filings"),
    path(_round + "ask-for-filings/", filings.ask_for_filings, name="ask_for_filings"),
    path(_round + "filings/package/", filings.filings_package, name="filings_package"),
    path(_filing, filings.filing, name="filing"),
    path(_filing + "add-file/", filings.add_filing_file, name="add_filing_file"),
    path(_filing + "take-papers/", filings.take_papers, name="take_papers"),
    path(_filing + "remove-file/<int:file_id>/", filings.remove_filing_file, name="remove_filing_file"),
    path(_filing + "review/", filings.review_filing, name="review_filing"),
    path(_filing + "files/<int:file_id>/", filings.filed_file, name="filed_file"),
]
