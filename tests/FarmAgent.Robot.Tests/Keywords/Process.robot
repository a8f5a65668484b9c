*** Settings ***
Library    Process

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
    ${result} =    Join Command Line    a    b c    d"e    f\\
    Log    ${result}    formatter=repr
002
    ${result} =    Split Command Line    a 'b c' "d e" f\\g
    Log    ${result}    formatter=repr
003
    ${result} =    Split Command Line    a 'b c
    Log    ${result}    formatter=repr
004
    ${result} =    Split Command Line    a\\ b    escaping=True
    Log    ${result}    formatter=repr
005
    ${result} =    Run Process    nosuchprogram
    Log    ${result}    formatter=repr
006
    ${result} =    Run Process    echo    hi    cwd=/nosuch
    Log    ${result}    formatter=repr
007
    ${result} =    Switch Process    nosuch
    Log    ${result}    formatter=repr
008
    ${result} =    Is Process Running
    Log    ${result}    formatter=repr
009
    ${result} =    Send Signal To Process    NOPE
    Log    ${result}    formatter=repr
010
    ${result} =    Run Process    echo    hi    badarg=1
    Log    ${result}    formatter=repr
