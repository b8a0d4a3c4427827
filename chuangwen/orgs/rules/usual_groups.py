"""Groups that documents of every city name, entered with the city and open to change like any other."""

from . import UnitKind

COUNTIES = [UnitKind.COUNTY, UnitKind.COUNTY_CITY]
COUNTIES_AND_DISTRICTS = [*COUNTIES, UnitKind.DISTRICT]

# Name, other names (signs in them do not matter), kinds of units.
USUAL_GROUPS: list[tuple[str, list[str], list[UnitKind]]] = [
    ("各区政府", ["各区", "各城区", "各市辖区"], [UnitKind.DISTRICT]),
    ("各县市", ["各县", "各县政府"], COUNTIES),
    (
        "各县市区",
        ["各县区", "各区县", "各区县市", "各市县区", "各县市区党委和人民政府"],
        COUNTIES_AND_DISTRICTS,
    ),
    ("各板块", ["各县市区功能区", "各县市区开发区"], [*COUNTIES_AND_DISTRICTS, UnitKind.ZONE]),
    ("各功能区", ["各开发区", "各园区"], [UnitKind.ZONE]),
    ("各街道", ["各街道办"], [UnitKind.SUBDISTRICT]),
    ("各乡镇", ["各镇", "各乡镇党委"], [UnitKind.TOWN]),
    ("各镇街", ["各镇街道", "各乡镇街道", "各街镇", "各街道乡镇"], [UnitKind.TOWN, UnitKind.SUBDISTRICT]),
    ("各社区", ["各社区居委会"], [UnitKind.COMMUNITY]),
    ("各村社区", ["各村居", "各社区村"], [UnitKind.COMMUNITY, UnitKind.VILLAGE]),
    ("市直各部门", ["市直各单位", "市级各部门", "市直有关部门", "市直有关单位"], [UnitKind.DEPARTMENT]),
]
