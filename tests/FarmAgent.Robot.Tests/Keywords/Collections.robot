*** Settings ***
Library    Collections

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

*** Test Cases ***
001
    ${result} =    Append To List    ${L}    d    e
    Log    ${result}    formatter=repr
002
    ${result} =    Insert Into List    ${L}    1    x
    Log    ${result}    formatter=repr
003
    ${result} =    Insert Into List    ${L}    -99    x
    Log    ${result}    formatter=repr
004
    ${result} =    Insert Into List    ${L}    99    x
    Log    ${result}    formatter=repr
005
    ${result} =    Combine Lists    ${L}    ${L}    ${NUMS}
    Log    ${result}    formatter=repr
006
    ${result} =    Set List Value    ${L}    1    x
    Log    ${result}    formatter=repr
007
    ${result} =    Set List Value    ${L}    9    x
    Log    ${result}    formatter=repr
008
    ${result} =    Remove Values From List    ${L}    a    c
    Log    ${result}    formatter=repr
009
    ${result} =    Remove From List    ${L}    0
    Log    ${result}    formatter=repr
010
    ${result} =    Remove From List    ${L}    7
    Log    ${result}    formatter=repr
011
    ${result} =    Remove Duplicates    ${DUP}
    Log    ${result}    formatter=repr
012
    ${result} =    Get From List    ${L}    -1
    Log    ${result}    formatter=repr
013
    ${result} =    Get From List    ${L}    5
    Log    ${result}    formatter=repr
014
    ${result} =    Get From List    ${L}    x
    Log    ${result}    formatter=repr
015
    ${result} =    Get Slice From List    ${L}    1
    Log    ${result}    formatter=repr
016
    ${result} =    Get Slice From List    ${L}    ${EMPTY}    2
    Log    ${result}    formatter=repr
017
    ${result} =    Count Values In List    ${DUP}    a
    Log    ${result}    formatter=repr
018
    ${result} =    Get Index From List    ${L}    b
    Log    ${result}    formatter=repr
019
    ${result} =    Get Index From List    ${L}    z
    Log    ${result}    formatter=repr
020
    ${result} =    Get Index From List    ${DUP}    a    1
    Log    ${result}    formatter=repr
021
    ${result} =    Copy List    ${L}
    Log    ${result}    formatter=repr
022
    ${result} =    Copy List    ${L}    deepcopy=True
    Log    ${result}    formatter=repr
023
    ${result} =    Reverse List    ${L}
    Log    ${result}    formatter=repr
024
    ${result} =    Sort List    ${NUMS}
    Log    ${result}    formatter=repr
025
    ${result} =    Sort List    ${MIXED}
    Log    ${result}    formatter=repr
026
    ${result} =    List Should Contain Value    ${L}    a
    Log    ${result}    formatter=repr
027
    ${result} =    List Should Contain Value    ${L}    z
    Log    ${result}    formatter=repr
028
    ${result} =    List Should Contain Value    ${L}    z    msg=custom
    Log    ${result}    formatter=repr
029
    ${result} =    List Should Contain Value    ${L}    A    ignore_case=True
    Log    ${result}    formatter=repr
030
    ${result} =    List Should Not Contain Value    ${L}    a
    Log    ${result}    formatter=repr
031
    ${result} =    List Should Not Contain Duplicates    ${DUP}
    Log    ${result}    formatter=repr
032
    ${result} =    List Should Not Contain Duplicates    ${L}
    Log    ${result}    formatter=repr
033
    ${result} =    Lists Should Be Equal    ${L}    ${L}
    Log    ${result}    formatter=repr
034
    ${result} =    Lists Should Be Equal    ${L}    ${NUMS}
    Log    ${result}    formatter=repr
035
    ${result} =    Lists Should Be Equal    ${L}    ${L2}
    Log    ${result}    formatter=repr
036
    ${result} =    Lists Should Be Equal    ${L}    ${L2}    names=first,second,third
    Log    ${result}    formatter=repr
037
    ${result} =    Lists Should Be Equal    ${L}    ${L2}    msg=own
    Log    ${result}    formatter=repr
038
    ${result} =    Lists Should Be Equal    ${L}    ${L2}    msg=own    values=False
    Log    ${result}    formatter=repr
039
    ${result} =    Lists Should Be Equal    ${L}    ${REV}    ignore_order=True
    Log    ${result}    formatter=repr
040
    ${result} =    Lists Should Be Equal    ${NUMS}    ${NUMTEXTS}
    Log    ${result}    formatter=repr
041
    ${result} =    List Should Contain Sub List    ${L}    ${DUP}
    Log    ${result}    formatter=repr
042
    ${result} =    List Should Contain Sub List    ${L}    ${L2}
    Log    ${result}    formatter=repr
043
    ${result} =    Log List    ${L}
    Log    ${result}    formatter=repr
044
    ${result} =    Log List    ${EMPTYLIST}
    Log    ${result}    formatter=repr
045
    ${result} =    Log List    ${ONE}
    Log    ${result}    formatter=repr
046
    ${result} =    Convert To List    abc
    Log    ${result}    formatter=repr
047
    ${result} =    Convert To List    ${5}
    Log    ${result}    formatter=repr
048
    ${result} =    Convert To Dictionary    ${D}
    Log    ${result}    formatter=repr
049
    ${result} =    Convert To Dictionary    ${5}
    Log    ${result}    formatter=repr
050
    ${result} =    Set To Dictionary    ${D}    c    3    d=4
    Log    ${result}    formatter=repr
051
    ${result} =    Set To Dictionary    ${D}    c
    Log    ${result}    formatter=repr
052
    ${result} =    Remove From Dictionary    ${D}    a    zz
    Log    ${result}    formatter=repr
053
    ${result} =    Pop From Dictionary    ${D}    a
    Log    ${result}    formatter=repr
054
    ${result} =    Pop From Dictionary    ${D}    zz
    Log    ${result}    formatter=repr
055
    ${result} =    Pop From Dictionary    ${D}    zz    dflt
    Log    ${result}    formatter=repr
056
    ${result} =    Keep In Dictionary    ${D}    a
    Log    ${result}    formatter=repr
057
    ${result} =    Copy Dictionary    ${D}
    Log    ${result}    formatter=repr
058
    ${result} =    Get Dictionary Keys    ${D}
    Log    ${result}    formatter=repr
059
    ${result} =    Get Dictionary Keys    ${D}    sort_keys=False
    Log    ${result}    formatter=repr
060
    ${result} =    Get Dictionary Values    ${D}
    Log    ${result}    formatter=repr
061
    ${result} =    Get Dictionary Items    ${D}
    Log    ${result}    formatter=repr
062
    ${result} =    Get From Dictionary    ${D}    a
    Log    ${result}    formatter=repr
063
    ${result} =    Get From Dictionary    ${D}    zz
    Log    ${result}    formatter=repr
064
    ${result} =    Get From Dictionary    ${D}    zz    dflt
    Log    ${result}    formatter=repr
065
    ${result} =    Dictionary Should Contain Key    ${D}    a
    Log    ${result}    formatter=repr
066
    ${result} =    Dictionary Should Contain Key    ${D}    A
    Log    ${result}    formatter=repr
067
    ${result} =    Dictionary Should Contain Key    ${D}    A    ignore_case=True
    Log    ${result}    formatter=repr
068
    ${result} =    Dictionary Should Not Contain Key    ${D}    a
    Log    ${result}    formatter=repr
069
    ${result} =    Dictionary Should Contain Item    ${D}    a    1
    Log    ${result}    formatter=repr
070
    ${result} =    Dictionary Should Contain Item    ${D}    a    2
    Log    ${result}    formatter=repr
071
    ${result} =    Dictionary Should Contain Item    ${D}    zz    2
    Log    ${result}    formatter=repr
072
    ${result} =    Dictionary Should Contain Item    ${D}    a    ${1}
    Log    ${result}    formatter=repr
073
    ${result} =    Dictionary Should Contain Value    ${D}    1
    Log    ${result}    formatter=repr
074
    ${result} =    Dictionary Should Contain Value    ${D}    9
    Log    ${result}    formatter=repr
075
    ${result} =    Dictionary Should Not Contain Value    ${D}    1
    Log    ${result}    formatter=repr
076
    ${result} =    Dictionaries Should Be Equal    ${D}    ${D}
    Log    ${result}    formatter=repr
077
    ${result} =    Dictionaries Should Be Equal    ${D}    ${D2}
    Log    ${result}    formatter=repr
078
    ${result} =    Dictionaries Should Be Equal    ${D}    ${D3}
    Log    ${result}    formatter=repr
079
    ${result} =    Dictionaries Should Be Equal    ${D}    ${D3}    own
    Log    ${result}    formatter=repr
080
    ${result} =    Dictionaries Should Be Equal    ${D}    ${D3}    own    NO VALUES
    Log    ${result}    formatter=repr
081
    ${result} =    Dictionaries Should Be Equal    ${D}    ${D3}    ignore_keys=['b']
    Log    ${result}    formatter=repr
082
    ${result} =    Dictionary Should Contain Sub Dictionary    ${D}    ${D2}
    Log    ${result}    formatter=repr
083
    ${result} =    Dictionary Should Contain Sub Dictionary    ${D}    ${D3}
    Log    ${result}    formatter=repr
084
    ${result} =    Log Dictionary    ${D}
    Log    ${result}    formatter=repr
085
    ${result} =    Log Dictionary    ${EMPTYDICT}
    Log    ${result}    formatter=repr
086
    ${result} =    Should Contain Match    ${L}    a*
    Log    ${result}    formatter=repr
087
    ${result} =    Should Contain Match    ${L}    z*
    Log    ${result}    formatter=repr
088
    ${result} =    Should Contain Match    ${L}    A    ignore_case=True
    Log    ${result}    formatter=repr
089
    ${result} =    Should Not Contain Match    ${L}    ?
    Log    ${result}    formatter=repr
090
    ${result} =    Get Matches    ${L}    regexp=[ab]
    Log    ${result}    formatter=repr
091
    ${result} =    Get Matches    ${L}    glob=b*
    Log    ${result}    formatter=repr
092
    ${result} =    Get Match Count    ${DUP}    a
    Log    ${result}    formatter=repr
093
    ${result} =    Get Matches    ${L}    regexp=[
    Log    ${result}    formatter=repr
094
    ${result} =    Append To List    notlist    a
    Log    ${result}    formatter=repr
095
    ${result} =    Get From Dictionary    notdict    a
    Log    ${result}    formatter=repr
