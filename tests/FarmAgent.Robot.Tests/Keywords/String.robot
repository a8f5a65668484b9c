*** Settings ***
Library    String

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
    ${result} =    Convert To Lower Case    ABC ÄÖ
    Log    ${result}    formatter=repr
002
    ${result} =    Convert To Upper Case    abc äöß
    Log    ${result}    formatter=repr
003
    ${result} =    Convert To Title Case    hello world, it's OK McDonald
    Log    ${result}    formatter=repr
004
    ${result} =    Convert To Title Case    hello to the world    exclude=to, the
    Log    ${result}    formatter=repr
005
    ${result} =    Convert To Title Case    hello    exclude=[
    Log    ${result}    formatter=repr
006
    ${result} =    Encode String To Bytes    äö    UTF-8
    Log    ${result}    formatter=repr
007
    ${result} =    Encode String To Bytes    ☃    latin-1
    Log    ${result}    formatter=repr
008
    ${result} =    Encode String To Bytes    ☃x    ascii    errors=ignore
    Log    ${result}    formatter=repr
009
    ${result} =    Encode String To Bytes    ☃x    ascii    errors=replace
    Log    ${result}    formatter=repr
010
    ${result} =    Encode String To Bytes    x    nosuch
    Log    ${result}    formatter=repr
011
    ${result} =    Decode Bytes To String    ${BYTES}    UTF-8
    Log    ${result}    formatter=repr
012
    ${result} =    Decode Bytes To String    ${BYTES}    latin-1
    Log    ${result}    formatter=repr
013
    ${result} =    Decode Bytes To String    ${BYTES}    ascii    errors=ignore
    Log    ${result}    formatter=repr
014
    ${result} =    Format String    {} and {x}    1    x=2
    Log    ${result}    formatter=repr
015
    ${result} =    Format String    {0:>5}|{1!r}    a    b
    Log    ${result}    formatter=repr
016
    ${result} =    Format String    {}
    Log    ${result}    formatter=repr
017
    ${result} =    Format String    {x}
    Log    ${result}    formatter=repr
018
    ${result} =    Format String    {
    Log    ${result}    formatter=repr
019
    ${result} =    Get Line Count    ${LINES}
    Log    ${result}    formatter=repr
020
    ${result} =    Split To Lines    ${LINES}
    Log    ${result}    formatter=repr
021
    ${result} =    Split To Lines    ${LINES}    1
    Log    ${result}    formatter=repr
022
    ${result} =    Split To Lines    ${LINES}    1    2
    Log    ${result}    formatter=repr
023
    ${result} =    Split To Lines    ${LINES}    ${EMPTY}    -1
    Log    ${result}    formatter=repr
024
    ${result} =    Get Line    ${LINES}    0
    Log    ${result}    formatter=repr
025
    ${result} =    Get Line    ${LINES}    -1
    Log    ${result}    formatter=repr
026
    ${result} =    Get Line    ${LINES}    9
    Log    ${result}    formatter=repr
027
    ${result} =    Get Lines Containing String    ${LINES}    o
    Log    ${result}    formatter=repr
028
    ${result} =    Get Lines Containing String    ${LINES}    O    ignore_case=True
    Log    ${result}    formatter=repr
029
    ${result} =    Get Lines Matching Pattern    ${LINES}    *o*
    Log    ${result}    formatter=repr
030
    ${result} =    Get Lines Matching Pattern    ${LINES}    ??? ???
    Log    ${result}    formatter=repr
031
    ${result} =    Get Lines Matching Regexp    ${LINES}    .*t.*
    Log    ${result}    formatter=repr
032
    ${result} =    Get Lines Matching Regexp    ${LINES}    t    partial_match=True
    Log    ${result}    formatter=repr
033
    ${result} =    Get Lines Matching Regexp    ${LINES}    T    partial_match=True    flags=IGNORECASE
    Log    ${result}    formatter=repr
034
    ${result} =    Get Lines Matching Regexp    ${LINES}    [
    Log    ${result}    formatter=repr
035
    ${result} =    Get Regexp Matches    a1b22    \\d+
    Log    ${result}    formatter=repr
036
    ${result} =    Get Regexp Matches    a1b22    [a-z](\\d+)    1
    Log    ${result}    formatter=repr
037
    ${result} =    Get Regexp Matches    a1b22    ([a-z])(\\d+)    1    2
    Log    ${result}    formatter=repr
038
    ${result} =    Get Regexp Matches    a1b22    (?P<n>\\d+)    n
    Log    ${result}    formatter=repr
039
    ${result} =    Get Regexp Matches    a1b22    \\d    7
    Log    ${result}    formatter=repr
040
    ${result} =    Get Regexp Matches    a1b22    A    flags=I
    Log    ${result}    formatter=repr
041
    ${result} =    Get Regexp Matches    a1b22    A    flags=NOPE
    Log    ${result}    formatter=repr
042
    ${result} =    Replace String    a-b-c    -    +
    Log    ${result}    formatter=repr
043
    ${result} =    Replace String    a-b-c    -    +    1
    Log    ${result}    formatter=repr
044
    ${result} =    Replace String    a-b-c    -    +    0
    Log    ${result}    formatter=repr
045
    ${result} =    Replace String Using Regexp    a1b22    \\d+    x
    Log    ${result}    formatter=repr
046
    ${result} =    Replace String Using Regexp    a1b22    ([a-z])(\\d+)    \\2\\1
    Log    ${result}    formatter=repr
047
    ${result} =    Replace String Using Regexp    a1b22    \\d+    x    1
    Log    ${result}    formatter=repr
048
    ${result} =    Replace String Using Regexp    a1b22    \\d+    \\9
    Log    ${result}    formatter=repr
049
    ${result} =    Remove String    abcabc    b    c
    Log    ${result}    formatter=repr
050
    ${result} =    Remove String Using Regexp    a1b22    \\d
    Log    ${result}    formatter=repr
051
    ${result} =    Split String    a,b,c    ,
    Log    ${result}    formatter=repr
052
    ${result} =    Split String    a b${SPACE}${SPACE}c
    Log    ${result}    formatter=repr
053
    ${result} =    Split String    a,b,c    ,    1
    Log    ${result}    formatter=repr
054
    ${result} =    Split String    a,b    ${EMPTY}
    Log    ${result}    formatter=repr
055
    ${result} =    Split String From Right    a,b,c    ,    1
    Log    ${result}    formatter=repr
056
    ${result} =    Split String To Characters    a😀b
    Log    ${result}    formatter=repr
057
    ${result} =    Fetch From Left    a:b:c    :
    Log    ${result}    formatter=repr
058
    ${result} =    Fetch From Right    a:b:c    :
    Log    ${result}    formatter=repr
059
    ${result} =    Fetch From Left    abc    :
    Log    ${result}    formatter=repr
060
    ${result} =    Get Substring    abcdef    1    3
    Log    ${result}    formatter=repr
061
    ${result} =    Get Substring    abcdef    -2
    Log    ${result}    formatter=repr
062
    ${result} =    Get Substring    abcdef    ${EMPTY}    2
    Log    ${result}    formatter=repr
063
    ${result} =    Strip String    ${SPACE}a${SPACE}
    Log    ${result}    formatter=repr
064
    ${result} =    Strip String    ${SPACE}a${SPACE}    mode=left
    Log    ${result}    formatter=repr
065
    ${result} =    Strip String    xxaxx    characters=x
    Log    ${result}    formatter=repr
066
    ${result} =    Strip String    a    mode=wrong
    Log    ${result}    formatter=repr
067
    ${result} =    Should Be String    ${5}
    Log    ${result}    formatter=repr
068
    ${result} =    Should Be String    a
    Log    ${result}    formatter=repr
069
    ${result} =    Should Not Be String    a
    Log    ${result}    formatter=repr
070
    ${result} =    Should Be Unicode String    ${BYTES}
    Log    ${result}    formatter=repr
071
    ${result} =    Should Be Byte String    a
    Log    ${result}    formatter=repr
072
    ${result} =    Should Be Byte String    ${BYTES}
    Log    ${result}    formatter=repr
073
    ${result} =    Should Be Lower Case    aBc
    Log    ${result}    formatter=repr
074
    ${result} =    Should Be Upper Case    ABC
    Log    ${result}    formatter=repr
075
    ${result} =    Should Be Upper Case    1    custom message
    Log    ${result}    formatter=repr
076
    ${result} =    Should Be Title Case    Hello World
    Log    ${result}    formatter=repr
077
    ${result} =    Should Be Title Case    hello
    Log    ${result}    formatter=repr
078
    ${result} =    Generate Random String    0
    Log    ${result}    formatter=repr
079
    ${result} =    Generate Random String    5    [
    Log    ${result}    formatter=repr
080
    ${result} =    Generate Random String    x
    Log    ${result}    formatter=repr
081
    ${result} =    Replace String    ${BYTES}    a    b
    Log    ${result}    formatter=repr
082
    ${result} =    Split String    ${BYTES}    b
    Log    ${result}    formatter=repr
083
    ${result} =    Convert To Upper Case    ${BYTES}
    Log    ${result}    formatter=repr
084
    ${result} =    Replace String    ${BYTES}    ☃    b
    Log    ${result}    formatter=repr
085
    ${result} =    Get Line    ${LINES}    x
    Log    ${result}    formatter=repr
086
    ${result} =    Fetch From Left    ${5}    x
    Log    ${result}    formatter=repr
