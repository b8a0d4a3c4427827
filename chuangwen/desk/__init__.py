"""What is asked of whom by when: one table of to-dos for every room, and the desk where each finds theirs.

Words: to-do 待办, asked of a unit, of one seat, or of a role in a unit and below it; kind (what is asked,
named by the room that asks: `registry`); subject (the row of that room which it is about); lamp 亮灯 green,
yellow, red; slip 督办单 blue, yellow, red; burden 负担, what a unit is asked in a week; cap 上限, above which
an ask is held 暂缓; duty list 责任清单; hand-over 交接, by which a seat and its work pass to a successor.
A to-do stores no title: the room that asked gives one to those who may see its subject.

Neighbours: stands on `orgs` for seats and scope and on `cores.worktime`; rooms above ask through `actions`.
"""
