*** Settings ***
Library    Collections
Library    String    AS    Text
Library    DateTime
Library    XML

*** Test Cases ***
Collections
    ${list} =    Create List    3    1    2
    Sort List    ${list}
    Append To List    ${list}    ${4}    ${None}
    ${slice} =    Get Slice From List    ${list}    1    -1
    Lists Should Be Equal    ${slice}    ${{['2', '3', 4]}}    ignore_order=True
    &{dict} =    Create Dictionary    a=1    b=${list}
    Set To Dictionary    ${dict}    c    ${{(1, 2)}}
    Dictionary Should Contain Key    ${dict}    c
    ${keys} =    Get Dictionary Keys    ${dict}
    Log Dictionary    ${dict}
    ${copy} =    Copy Dictionary    ${dict}    deepcopy=True
    Dictionaries Should Be Equal    ${dict}    ${copy}

Strings
    ${lower} =    Convert To Lower Case    ÄÖÜ abc
    ${parts} =    Split String    a,b,,c    ,    max_split=2
    ${found} =    Get Regexp Matches    x1y22    \\d+
    ${line} =    Get Line    one\ntwo\nthree    1
    ${new} =    Replace String Using Regexp    abc    [ab]+    <\\g<0>>
    ${random} =    Generate Random String    8    [LETTERS]
    Should Match Regexp    ${random}    ^\\w{8}$
    ${text} =    Format String    {:>8}|{name!r}    x    name=y
    ${bytes} =    Encode String To Bytes    é    UTF-8
    ${back} =    Decode Bytes To String    ${bytes}    UTF-8
    Should Be String    ${back}

Times
    ${date} =    Convert Date    2024-02-29 12:00:00    epoch
    ${later} =    Add Time To Date    2024-02-29    1 day 2 hours
    ${span} =    Subtract Date From Date    ${later}    2024-01-01    verbose
    ${time} =    Convert Time    1:02:03.5    number
    ${now} =    Get Current Date    result_format=%Y-%m-%d %H:%M

Trees
    ${root} =    Parse XML    <a x="1"><b>t</b><c/><b n='2'>u<!-- c --></b></a>
    ${texts} =    Get Elements Texts    ${root}    b
    Element Text Should Be    ${root}    u    b[2]
    Set Element Attribute    ${root}    y    2    xpath=c
    ${string} =    Element To String    ${root}
    XML.Element Should Exist    ${root}    .//b[@n]

Expressions
    ${a} =    Evaluate    [x * 2 for x in range(5) if x % 2]
    ${b} =    Evaluate    {k: v for k, v in zip('abc', (1, 2.5, None))}
    ${c} =    Evaluate    f"{3.14159:.2f} {'x':>3} {{}}" + '%s %05d' % ('s', 7)
    ${d} =    Evaluate    (lambda x, *y, z=1, **k: (x, y, z, k))(1, 2, z=3, w=4)
    ${e} =    Evaluate    json.dumps(sorted({'b': 1, 'a': [True, None]}.items()))
    ${f} =    Evaluate    math.floor(1e10 / 7) // 3 ** 2 % 5 << 2 | 1 ^ 3 & ~4
    ${g} =    Evaluate    re.sub(r'(\\w)(\\d)', r'\\2\\1', 'a1b2').upper().split('B')[::-1]
    ${h} =    Evaluate    'a' if not 1 < 2 <= 3 else b'\\x00\\xff'.hex()
    ${i} =    Evaluate    int('ff', 16) + len($a) and max(*[1, 2], key=lambda v: -v)
    Should Be True    $a == [2, 6] and ${{'x' in 'xyz'}} is True
    ${ascii} =    Evaluate    {1, 2} | {3} - {1}, slice(1, None), 10 ** 20, -7 // 2, round(2.5), 0x1F, 1_000
