*** Settings ***
Library    XML

*** Variables ***
@{L}    a    b    c
@{L2}    a    x    y
@{REV}    c    b    a
@{NUMS}    ${3}    ${1}    ${2}
@{NUMTEXTS}    3    1    2
@{MIXED}    ${1}    a
@{DUP}    a    b    a    ${1}
@{EMPTYLIST}
@{ONE}    ${1}
&{D}    b=2    a=1
&{D2}    a=1
&{D3}    a=1    b=3    c=4
&{EMPTYDICT}
${BYTES}    ${{ b'ab\xe4' }}
${LINES}    one two\nTwo\nthe end\n
${DIR}    ${TEMPDIR}/farm-kw-test
${XML}    <a k="v"><b id="1">one</b><b id="2"><c>deep</c></b><d>text</d></a>
${NS}    <a xmlns="uri"><b/></a>

*** Test Cases ***
001
    ${result} =    Get Element Text    <a>x<b>y</b>z</a>
    Log    ${result}    formatter=repr
002
    ${result} =    Get Element Text    <a>x<b>y</b>z</a>    b
    Log    ${result}    formatter=repr
003
    ${result} =    Get Element Text    <a>${SPACE}x${SPACE}${SPACE}y </a>    normalize_whitespace=True
    Log    ${result}    formatter=repr
004
    ${result} =    Get Elements Texts    ${XML}    b
    Log    ${result}    formatter=repr
005
    ${result} =    Get Element Count    ${XML}    b
    Log    ${result}    formatter=repr
006
    ${result} =    Get Element Count    ${XML}    .//c
    Log    ${result}    formatter=repr
007
    ${result} =    Get Element Count    ${XML}    .//b
    Log    ${result}    formatter=repr
008
    ${result} =    Get Element Count    ${XML}    *
    Log    ${result}    formatter=repr
009
    ${result} =    Get Element Count    ${XML}    b[@id]
    Log    ${result}    formatter=repr
010
    ${result} =    Get Element Count    ${XML}    b[@id='2']
    Log    ${result}    formatter=repr
011
    ${result} =    Get Element Count    ${XML}    b[@id!='2']
    Log    ${result}    formatter=repr
012
    ${result} =    Get Element Count    ${XML}    b[2]
    Log    ${result}    formatter=repr
013
    ${result} =    Get Element Count    ${XML}    b[last()]
    Log    ${result}    formatter=repr
014
    ${result} =    Get Element Count    ${XML}    b[last()-1]
    Log    ${result}    formatter=repr
015
    ${result} =    Get Element Count    ${XML}    b[c]
    Log    ${result}    formatter=repr
016
    ${result} =    Get Element Count    ${XML}    b[c='deep']
    Log    ${result}    formatter=repr
017
    ${result} =    Get Element Count    ${XML}    b[.='one']
    Log    ${result}    formatter=repr
018
    ${result} =    Get Element Count    ${XML}    b/c/..
    Log    ${result}    formatter=repr
019
    ${result} =    Get Element Count    ${XML}    /b
    Log    ${result}    formatter=repr
020
    ${result} =    Get Element Count    ${XML}    b[0]
    Log    ${result}    formatter=repr
021
    ${result} =    Get Element Count    ${XML}    b//
    Log    ${result}    formatter=repr
022
    ${result} =    Get Element Count    ${XML}    ${EMPTY}
    Log    ${result}    formatter=repr
023
    ${result} =    Get Element Count    ${XML}    b/
    Log    ${result}    formatter=repr
024
    ${result} =    Get Element Text    ${XML}    nosuch
    Log    ${result}    formatter=repr
025
    ${result} =    Get Element Text    ${XML}    b
    Log    ${result}    formatter=repr
026
    ${result} =    Element Should Exist    ${XML}    b
    Log    ${result}    formatter=repr
027
    ${result} =    Element Should Exist    ${XML}    q
    Log    ${result}    formatter=repr
028
    ${result} =    Element Should Exist    ${XML}    q    own
    Log    ${result}    formatter=repr
029
    ${result} =    Element Should Not Exist    ${XML}    b
    Log    ${result}    formatter=repr
030
    ${result} =    Element Should Not Exist    ${XML}    d
    Log    ${result}    formatter=repr
031
    ${result} =    Element Text Should Be    ${XML}    text    d
    Log    ${result}    formatter=repr
032
    ${result} =    Element Text Should Be    ${XML}    x    d
    Log    ${result}    formatter=repr
033
    ${result} =    Element Text Should Match    ${XML}    t*t    d
    Log    ${result}    formatter=repr
034
    ${result} =    Element Text Should Match    ${XML}    x*    d
    Log    ${result}    formatter=repr
035
    ${result} =    Element Attribute Should Be    ${XML}    k    v    .
    Log    ${result}    formatter=repr
036
    ${result} =    Element Attribute Should Be    ${XML}    k    w    .
    Log    ${result}    formatter=repr
037
    ${result} =    Element Attribute Should Be    ${XML}    q    ${None}    .
    Log    ${result}    formatter=repr
038
    ${result} =    Element Attribute Should Be    ${XML}    q    w    .
    Log    ${result}    formatter=repr
039
    ${result} =    Element Attribute Should Match    ${XML}    k    ?    .
    Log    ${result}    formatter=repr
040
    ${result} =    Element Attribute Should Match    ${XML}    q    ?    .
    Log    ${result}    formatter=repr
041
    ${result} =    Element Should Not Have Attribute    ${XML}    k
    Log    ${result}    formatter=repr
042
    ${result} =    Element Should Not Have Attribute    ${XML}    q
    Log    ${result}    formatter=repr
043
    ${result} =    Get Element Attribute    ${XML}    k
    Log    ${result}    formatter=repr
044
    ${result} =    Get Element Attribute    ${XML}    q    default=none
    Log    ${result}    formatter=repr
045
    ${result} =    Get Element Attributes    ${XML}
    Log    ${result}    formatter=repr
046
    ${result} =    Elements Should Be Equal    <a/>    <a></a>
    Log    ${result}    formatter=repr
047
    ${result} =    Elements Should Be Equal    <a/>    <b/>
    Log    ${result}    formatter=repr
048
    ${result} =    Elements Should Be Equal    <a x="1"/>    <a y="1"/>
    Log    ${result}    formatter=repr
049
    ${result} =    Elements Should Be Equal    <a x="1"/>    <a x="2"/>
    Log    ${result}    formatter=repr
050
    ${result} =    Elements Should Be Equal    <a>t</a>    <a>u</a>
    Log    ${result}    formatter=repr
051
    ${result} =    Elements Should Be Equal    <a><b/>t</a>    <a><b/>u</a>
    Log    ${result}    formatter=repr
052
    ${result} =    Elements Should Be Equal    <a><b/><b>1</b></a>    <a><b/><b>2</b></a>
    Log    ${result}    formatter=repr
053
    ${result} =    Elements Should Be Equal    <a><b/></a>    <a><b/><b/></a>
    Log    ${result}    formatter=repr
054
    ${result} =    Elements Should Be Equal    <a><b/><c/></a>    <a><c/><b/></a>
    Log    ${result}    formatter=repr
055
    ${result} =    Elements Should Be Equal    <a><b/><c/></a>    <a><c/><b/></a>    sort_children=True
    Log    ${result}    formatter=repr
056
    ${result} =    Elements Should Be Equal    <a><b/></a>    <a/>    exclude_children=True
    Log    ${result}    formatter=repr
057
    ${result} =    Elements Should Match    <a>text</a>    <a>t*</a>
    Log    ${result}    formatter=repr
058
    ${result} =    Elements Should Match    <a>text</a>    <a>x*</a>
    Log    ${result}    formatter=repr
059
    ${result} =    Element To String    ${XML}
    Log    ${result}    formatter=repr
060
    ${result} =    Element To String    <a b="&quot;&lt;">&amp;<c/>tail</a>
    Log    ${result}    formatter=repr
061
    ${result} =    Element To String    <a>ä</a>    encoding=latin-1
    Log    ${result}    formatter=repr
062
    ${result} =    Element To String    <a xmlns="u1"><b xmlns="u2"/><c/></a>
    Log    ${result}    formatter=repr
063
    ${result} =    Element To String    <x:a xmlns:x="u1" x:k="v"/>
    Log    ${result}    formatter=repr
064
    ${result} =    Log Element    <a/>
    Log    ${result}    formatter=repr
065
    ${result} =    Element To String    <a><b/></a>    b
    Log    ${result}    formatter=repr
066
    ${result} =    Remove Element    <a/>    .
    Log    ${result}    formatter=repr
067
    ${result} =    Remove Element    <a/>    b
    Log    ${result}    formatter=repr
068
    ${result} =    Set Element Attribute    <a/>    ${EMPTY}    v
    Log    ${result}    formatter=repr
069
    ${result} =    Evaluate Xpath    <a/>    x
    Log    ${result}    formatter=repr
070
    ${result} =    Get Element    <a>
    Log    ${result}    formatter=repr
071
    ${result} =    Get Element    <a></b>
    Log    ${result}    formatter=repr
072
    ${result} =    Get Element    <a><b></a></b>
    Log    ${result}    formatter=repr
073
    ${result} =    Get Element    <a/>x
    Log    ${result}    formatter=repr
074
    ${result} =    Get Element    <a/><b/>
    Log    ${result}    formatter=repr
075
    ${result} =    Get Element    <a b></a>
    Log    ${result}    formatter=repr
076
    ${result} =    Get Element    <a b=c/>
    Log    ${result}    formatter=repr
077
    ${result} =    Get Element    <a x="1" x="2"/>
    Log    ${result}    formatter=repr
078
    ${result} =    Get Element    <a>&foo;</a>
    Log    ${result}    formatter=repr
079
    ${result} =    Get Element    <a>&</a>
    Log    ${result}    formatter=repr
080
    ${result} =    Get Element    <a
    Log    ${result}    formatter=repr
081
    ${result} =    Get Element    <a><
    Log    ${result}    formatter=repr
082
    ${result} =    Get Element    <x:a/>
    Log    ${result}    formatter=repr
083
    ${result} =    Get Element    <a>\x01</a>
    Log    ${result}    formatter=repr
084
    ${result} =    Get Element    <!-- c --><a/>x
    Log    ${result}    formatter=repr
085
    ${result} =    Get Element    <1a/>
    Log    ${result}    formatter=repr
086
    ${result} =    Get Element    <a>\n<b>\n</c></a>
    Log    ${result}    formatter=repr
087
    ${result} =    Get Element    nosuchfile.xml
    Log    ${result}    formatter=repr
088
    ${result} =    Get Element Text    <?xml version="1.0"?><!DOCTYPE a><a><![CDATA[<x>]]>&#65;&#x42;</a>
    Log    ${result}    formatter=repr
089
    ${result} =    Get Element Count    ${NS}    b
    Log    ${result}    formatter=repr
090
    ${result} =    Get Element Attributes    ${NS}
    Log    ${result}    formatter=repr
091
    ${result} =    Get Child Elements    <a/>
    Log    ${result}    formatter=repr
092
    ${result} =    Save Xml    <a>x</a>    ${DIR}.xml
    Log    ${result}    formatter=repr
093
    ${result} =    Get Element Text    ${DIR}.xml
    Log    ${result}    formatter=repr
