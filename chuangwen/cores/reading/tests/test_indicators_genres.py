"""Invented sentences of several genres and what is to be read in each, expected before the first run.

An expectation is "comparator value unit", then a deadline, "yearly" or "result" where there is one.
"""

from __future__ import annotations

import pytest

from chuangwen.cores.reading.indicators import read_indicators
from chuangwen.cores.reading.layout import Part
from chuangwen.cores.reading.model import Heading, Indicator
from chuangwen.cores.reading.view import view_of

GENRES = {
    "year ahead": (Heading(kind="work_report", period=(2023, 2023), issued="2023-01-10"), False),
    "year past": (Heading(kind="work_report", period=(2023, 2023), issued="2023-01-10"), True),
    "five years": (Heading(kind="action_plan", period=(2021, 2025), issued="2021-03-01"), None),
    "three years": (Heading(kind="action_plan", period=(2022, 2024), issued="2022-02-20"), None),
    "drive": (Heading(kind="action_plan", period=(2024, 2024), issued="2024-04-02"), None),
    "news": (Heading(kind="news_report", period=(2022, 2024), issued="2022-05-16"), None),
    "summary": (Heading(kind="work_report"), None),
}

# genre | sentence | what is read, apart by ;
SENTENCES = """
year ahead | 地区生产总值增长6.5%左右，一般公共预算收入增长5%，城镇新增就业3.2万人以上。 | >= 6.5 %; >= 5 %; >= 32000 人
year ahead | 城镇调查失业率控制在5.5%左右，居民消费价格涨幅不高于3%。 | <= 5.5 %; <= 3 %
year ahead | 今年计划开工重点项目86个，年内建成42个，完成年度投资310亿元。 | >= 86 个 2023; >= 42 个 2023; >= 31000000000 元 2023
year ahead | 确保9月底前完成12所学校的改扩建，新增学位9600个。 | >= 12 所 2023-09; >= 9600 个 2023-09
year ahead | 单位生产总值能耗下降3%，PM2.5平均浓度降至35微克/立方米以下，优良天数比例稳定在82%以上。 | >= 3 %; <= 35 微克/立方米; >= 82 %
year ahead | 新建改建农村公路120公里、桥梁8座，实施国省干线养护大中修60公里。 | >= 120 公里; >= 8 座; >= 60 公里
year ahead | 高标准农田建设18万亩，粮食总产稳定在45亿斤以上。 | >= 180000 亩; >= 4500000000 斤
year ahead | 力争规上工业企业突破500家，高新技术企业达到260家，研发投入占比提高0.2个百分点。 | > 500 家; >= 260 家; >= 0.2 百分点
year ahead | 扎实办好十件民生实事，全力打好五场硬仗。 |
year ahead | 推进总投资56亿元的云浦东站综合枢纽等15个重大交通项目建设。 | >= 15 个
year ahead | 改造城镇老旧小区64个、惠及居民1.8万户，加装电梯100台。 | >= 64 个; >= 18000 户; >= 100 台
year ahead | 上半年完成机构改革，全年压减一般性支出10%以上。 | >= 10 % 2023
year ahead | 新增国家级专精特新“小巨人”企业5家、省级专精特新中小企业30家，技术合同成交额突破80亿元。 | >= 5 家; >= 30 家; > 8000000000 元
year ahead | 争取中央和省预算内资金20亿元，发行专项债券不少于35亿元。 | >= 2000000000 元; >= 3500000000 元
year ahead | 企业开办时间压缩至0.5个工作日，政务服务事项全程网办率达到95%。 | <= 0.5 个工作日; >= 95 %
year ahead | 地表水国考断面水质优良比例达到87.5%，城市集中式饮用水水源地水质达标率保持100%。 | >= 87.5 %; = 100 %
year past | 地区生产总值达到1286亿元，同比增长6.1%；财政收入完成98.6亿元，增长7.3%。 | = 128600000000 元 result; = 6.1 % result; = 9860000000 元 result; = 7.3 % result
year past | 新建口袋公园26个，改造提升公厕112座，城市建成区绿地率由38.1%提高到39.4%。 | = 26 个 result; = 112 座 result; = 39.4 % result
year past | 全年接待游客2300多万人次，实现旅游收入180余亿元。 | > 23000000 人次 result; > 18000000000 元 result
year past | 累计化解矛盾纠纷1.2万件，化解率达98%以上。 | = 12000 件 result; >= 98 % result
year past | 第一、第二、第三产业增加值分别增长4.2%、6.8%、5.5%。 | = 4.2 % result; = 6.8 % result; = 5.5 % result
year past | 农村居民人均可支配收入21560元，比上年增加1430元。 | = 21560 元 result; = 1430 元 result
year past | 全市经济总量居全省第5位，较上年前移1位，入选全国百强城市。 | = 1 位 result
year past | 建成5G基站1860个，实现重点场所5G网络全覆盖。 | = 1860 个 result; = 100 % result
year past | 市级领导包联项目制度持续深化，“四个一批”项目滚动推进。 |
year past | 新增国家高新技术企业近百家，技术合同成交额翻了一番。 | < 100 家 result; = 1 番 result
year past | 与18所高校签订合作协议，柔性引进博士36名。 | = 18 所 result; = 36 名 result
year past | 查处违法建设230起、拆除违建面积4.6万平方米，新增停车泊位5200个。 | = 230 起 result; = 46000 平方米 result; = 5200 个 result
year past | 开展志愿服务活动超过3000场次，惠及群众20余万人。 | > 3000 场次 result; > 200000 人 result
year past | 过去五年，全市生产总值年均增长7.2%，城镇化率提高6.3个百分点。 | = 7.2 % yearly result; = 6.3 百分点 result
five years | 到2025年，常住人口城镇化率达到65%，全社会研发经费投入年均增长10%以上。 | >= 65 % 2025; >= 10 % 2025 yearly
five years | “十四五”期间，累计新增城镇就业15万人，每年开展职业技能培训2万人次。 | >= 150000 人 2025; >= 20000 人次 yearly
five years | 到“十四五”末，每千人口拥有3岁以下婴幼儿托位数达到4.5个，人均预期寿命提高到79.5岁。 | >= 4.5 个 2025; >= 79.5 岁 2025
five years | 2020年，全市森林覆盖率达到42.3%，建成国家级生态示范区2个。 | = 42.3 % result; = 2 个 result
five years | 劳动年龄人口平均受教育年限由10.6年提高到11.3年。 | >= 11.3 年
five years | 到2025年，公共文化设施面积比2020年翻一番，每万人拥有公共文化设施面积超过3000平方米。 | >= 1 番 2025; > 3000 平方米 2025
five years | 构建“一核两翼三带”发展格局，实施八大工程，落实二十项重点任务。 |
five years | 建设综合性文化服务中心示范点50个，其中2022年底前建成30个。 | >= 50 个; >= 30 个 2022
five years | 单位地区生产总值二氧化碳排放降低18%，森林蓄积量达到1200万立方米。 | >= 18 %; >= 12000000 立方米
five years | 到2025年建成区人均公园绿地面积不低于14平方米，公园绿化活动场地服务半径覆盖率达到九成以上。 | >= 14 平方米 2025; >= 90 % 2025
five years | 新建500千伏变电站1座、220千伏变电站6座，新增光伏装机容量80万千瓦。 | >= 1 座; >= 6 座; >= 800000 千瓦
five years | 研究制定2035年远景目标，编制十五个专项规划。 |
three years | 2022—2024年，分别打造示范街区10条、15条、20条。 | >= 10 条 2022; >= 15 条 2023; >= 20 条 2024
three years | 三年内新增公共停车泊位2万个，每年新建口袋公园不少于15个，力争公共交通机动化出行分担率突破60%。 | >= 20000 个 2024; >= 15 个 yearly; > 60 %
three years | 每个街道至少建设1处综合养老服务中心，社区养老服务设施实现全覆盖。 | >= 1 处; = 100 %
three years | 实施“百千万”工程，即培育百个文明楼栋、千名楼栋长、万户文明家庭。 | >= 100 个; >= 1000 名; >= 10000 户
three years | 到2024年，社区志愿服务站点覆盖率、居民对社区服务满意率均达到95%以上。 | >= 95 % 2024; >= 95 % 2024
three years | 培育市级文明单位200家、文明村镇80个、文明校园60所。 | >= 200 家; >= 80 个; >= 60 所
three years | 开展文明交通“三让”行动，斑马线前车辆礼让率2023年达到90%，2024年达到95%。 | >= 90 % 2023; >= 95 % 2024
three years | 推动全市300余家机关事业单位停车场错峰开放。 | > 300 家
three years | 健全周调度、月通报、季评比、年考核机制，对连续两次排名后三位的单位进行约谈。 |
three years | 依托云浦一中、云浦师范等7所学校建设家长学校示范点。 | >= 7 所
three years | 力争用三年时间，城区所有主次干道机械化清扫率达到100%，背街小巷保洁覆盖率不低于98%。 | = 100 % 2024; >= 98 % 2024
three years | 打造24小时自助图书馆5座和15分钟便民生活圈30个。 | >= 5 座; >= 30 个
three years | 新改建农村户厕三万座，农村卫生厕所普及率提升至九成五。 | >= 30000 座; >= 95 %
three years | 县级以上文明村、文明乡镇占比分别达到65%和80%。 | >= 65 %; >= 80 %
three years | 组织“文明实践大篷车”巡演100场，招募“文明观察员”300名，年均上报问题线索不少于5000条。 | >= 100 场; >= 300 名; >= 5000 条 yearly
three years | 主要路口设置遮阳棚120个以上，盲道完好率至少达到98%。 | >= 120 个; >= 98 %
three years | 第一批试点小区20个、第二批试点小区40个于2023年底前完成验收。 | >= 20 个 2023; >= 40 个 2023
three years | 新增注册志愿者5万人，使注册志愿者总数占常住人口的比例达到18%以上。 | >= 50000 人; >= 18 %
drive | 6月底前，对全市1200个住宅小区开展拉网式排查，排查率达到100%。 | >= 1200 个 2024-06; = 100 % 2024-06
drive | 年底前，取缔占道经营点位800处，规范设置便民摊区35个。 | >= 800 处 2024; >= 35 个 2024
drive | 出动执法人员每日不少于200人次，每周开展联合夜查2次以上。 | >= 200 人次; >= 2 次
drive | 建筑工地落实“六个百分之百”，渣土车密闭运输率达100%。 | = 100 %
drive | 对逾期不整改的，依法处以500元以上2000元以下罚款。 |
drive | 投诉举报24小时内响应、5个工作日内办结，办结率和群众满意率均不低于98%。 | >= 98 %; >= 98 %
drive | 成立由分管副市长任组长的专项整治领导小组，下设6个工作组。 |
drive | 到10月底，电动自行车上牌率达到99%以上，骑乘人员头盔佩戴率达到95%以上。 | >= 99 % 2024-10; >= 95 % 2024-10
news | 记者从市文明办获悉，未来三年我市将投入12亿元，改造背街小巷180条。 | >= 1200000000 元 2024; >= 180 条 2024
news | 截至去年底，全市注册志愿者已达36万人，占常住人口的14.5%。 | = 360000 人 result; = 14.5 % result
news | 会议还提出，到2024年底，实现城市社区“一刻钟”便民服务圈基本全覆盖。 | = 100 % 2024
news | 去年，我市建成口袋公园18个；今年，还将再建20个。 | = 18 个 result; >= 20 个 2022
news | 《方案》共分五章二十八条，从六个方面提出了46项具体举措。 |
news | 本报讯(记者 李明)5月12日上午9时30分，全市创建工作推进会在市会议中心三楼会议室召开。 |
summary | 今年以来，我局共办理群众诉求3260件，按时办结率99.6%，满意率98.2%。 | = 3260 件 result; = 99.6 % result; = 98.2 % result
summary | 组织开展“我们的节日”主题活动85场次，发放宣传资料5万余份，受益群众近8万人次。 | = 85 场次 result; > 50000 份 result; < 80000 人次 result
summary | 投入资金1200万元，完成8个老旧小区、13条背街小巷改造，惠及群众6000余户。 | = 12000000 元 result; = 8 个 result; = 13 条 result; > 6000 户 result
summary | 评选“最美志愿者”30名，其中2人入选省级先进典型。 | = 30 名 result; = 2 人 result
summary | 深入贯彻中央八项规定精神，召开党组会12次、专题推进会5次。 | = 12 次 result; = 5 次 result
summary | 下一步，我局将再建6个社区书屋，力争明年读者满意率达到95%以上。 | >= 6 个; >= 95 %
"""  # noqa: E501


def rows() -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in SENTENCES.splitlines() if line]


def told(indicator: Indicator) -> str:
    value = f"{indicator.value.normalize():f}" if indicator.value is not None else ""
    words = [indicator.comparator, value, indicator.unit, indicator.deadline, indicator.frequency]
    words.append("result" if indicator.kind == "result" else None)
    return " ".join(word for word in words if word)


@pytest.mark.parametrize(("genre", "sentence", "expected"), rows())
def test_a_sentence_of_each_genre_gives_its_indicators(genre: str, sentence: str, expected: str) -> None:
    heading, reports = GENRES[genre]
    found = read_indicators([Part(view_of(sentence), reports=reports)], heading)
    assert "; ".join(told(indicator) for indicator in found if indicator.value is not None) == expected
