*** Settings ***
Library    OperatingSystem

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
    ${result} =    Join Path    a    b    ../c
    Log    ${result}    formatter=repr
002
    ${result} =    Join Path    a    /b
    Log    ${result}    formatter=repr
003
    ${result} =    Join Paths    base    a    b/../c
    Log    ${result}    formatter=repr
004
    ${result} =    Normalize Path    a//b/./c/..
    Log    ${result}    formatter=repr
005
    ${result} =    Normalize Path    ${EMPTY}
    Log    ${result}    formatter=repr
006
    ${result} =    Split Path    /a/b/c
    Log    ${result}    formatter=repr
007
    ${result} =    Split Path    abc
    Log    ${result}    formatter=repr
008
    ${result} =    Split Extension    a/b.txt
    Log    ${result}    formatter=repr
009
    ${result} =    Split Extension    a/.hidden
    Log    ${result}    formatter=repr
010
    ${result} =    Split Extension    a/b.tar.gz
    Log    ${result}    formatter=repr
011
    ${result} =    Split Extension    a/b.
    Log    ${result}    formatter=repr
012
    ${result} =    Split Extension    a/b
    Log    ${result}    formatter=repr
013
    ${result} =    Create File    ${DIR}/a.txt    line one\nline two\n
    Log    ${result}    formatter=repr
014
    ${result} =    Get File    ${DIR}/a.txt
    Log    ${result}    formatter=repr
015
    ${result} =    Get File    ${DIR}/nosuch.txt
    Log    ${result}    formatter=repr
016
    ${result} =    Get File    ${DIR}
    Log    ${result}    formatter=repr
017
    ${result} =    Append To File    ${DIR}/a.txt    three
    Log    ${result}    formatter=repr
018
    ${result} =    Get File Size    ${DIR}/a.txt
    Log    ${result}    formatter=repr
019
    ${result} =    Get File Size    ${DIR}/nosuch.txt
    Log    ${result}    formatter=repr
020
    ${result} =    Grep File    ${DIR}/a.txt    one
    Log    ${result}    formatter=repr
021
    ${result} =    Grep File    ${DIR}/a.txt    l?ne*
    Log    ${result}    formatter=repr
022
    ${result} =    Grep File    ${DIR}/a.txt    ^t    regexp=True
    Log    ${result}    formatter=repr
023
    ${result} =    File Should Exist    ${DIR}/a.txt
    Log    ${result}    formatter=repr
024
    ${result} =    File Should Exist    ${DIR}/*.txt
    Log    ${result}    formatter=repr
025
    ${result} =    File Should Exist    ${DIR}/*.bin
    Log    ${result}    formatter=repr
026
    ${result} =    File Should Not Exist    ${DIR}/a.txt
    Log    ${result}    formatter=repr
027
    ${result} =    File Should Not Exist    ${DIR}/*.txt
    Log    ${result}    formatter=repr
028
    ${result} =    File Should Be Empty    ${DIR}/a.txt
    Log    ${result}    formatter=repr
029
    ${result} =    File Should Not Be Empty    ${DIR}/a.txt
    Log    ${result}    formatter=repr
030
    ${result} =    Directory Should Exist    ${DIR}
    Log    ${result}    formatter=repr
031
    ${result} =    Directory Should Exist    ${DIR}/a.txt
    Log    ${result}    formatter=repr
032
    ${result} =    Directory Should Not Exist    ${DIR}
    Log    ${result}    formatter=repr
033
    ${result} =    Directory Should Be Empty    ${DIR}
    Log    ${result}    formatter=repr
034
    ${result} =    Directory Should Not Be Empty    ${DIR}
    Log    ${result}    formatter=repr
035
    ${result} =    Should Exist    ${DIR}/nosuch    own message
    Log    ${result}    formatter=repr
036
    ${result} =    Should Not Exist    ${DIR}
    Log    ${result}    formatter=repr
037
    ${result} =    Create Directory    ${DIR}/sub
    Log    ${result}    formatter=repr
038
    ${result} =    Create Directory    ${DIR}/sub
    Log    ${result}    formatter=repr
039
    ${result} =    Create Directory    ${DIR}/a.txt
    Log    ${result}    formatter=repr
040
    ${result} =    Copy File    ${DIR}/a.txt    ${DIR}/sub/
    Log    ${result}    formatter=repr
041
    ${result} =    Copy File    ${DIR}/nosuch    ${DIR}/b
    Log    ${result}    formatter=repr
042
    ${result} =    Copy File    ${DIR}/sub    ${DIR}/b
    Log    ${result}    formatter=repr
043
    ${result} =    Move File    ${DIR}/sub/a.txt    ${DIR}/sub/b.txt
    Log    ${result}    formatter=repr
044
    ${result} =    Copy Directory    ${DIR}/sub    ${DIR}/sub2
    Log    ${result}    formatter=repr
045
    ${result} =    Copy Directory    ${DIR}/nosuch    ${DIR}/sub2
    Log    ${result}    formatter=repr
046
    ${result} =    Move Directory    ${DIR}/sub2    ${DIR}/sub3
    Log    ${result}    formatter=repr
047
    ${result} =    List Directory    ${DIR}
    Log    ${result}    formatter=repr
048
    ${result} =    List Files In Directory    ${DIR}
    Log    ${result}    formatter=repr
049
    ${result} =    List Directories In Directory    ${DIR}
    Log    ${result}    formatter=repr
050
    ${result} =    List Directory    ${DIR}    *.txt
    Log    ${result}    formatter=repr
051
    ${result} =    List Directory    ${DIR}/nosuch
    Log    ${result}    formatter=repr
052
    ${result} =    Count Items In Directory    ${DIR}
    Log    ${result}    formatter=repr
053
    ${result} =    Count Files In Directory    ${DIR}
    Log    ${result}    formatter=repr
054
    ${result} =    Count Directories In Directory    ${DIR}
    Log    ${result}    formatter=repr
055
    ${result} =    Touch    ${DIR}/t
    Log    ${result}    formatter=repr
056
    ${result} =    Touch    ${DIR}
    Log    ${result}    formatter=repr
057
    ${result} =    Touch    ${DIR}/no/such
    Log    ${result}    formatter=repr
058
    ${result} =    Remove File    ${DIR}/t
    Log    ${result}    formatter=repr
059
    ${result} =    Remove File    ${DIR}/t
    Log    ${result}    formatter=repr
060
    ${result} =    Remove File    ${DIR}/sub
    Log    ${result}    formatter=repr
061
    ${result} =    Remove Directory    ${DIR}/sub
    Log    ${result}    formatter=repr
062
    ${result} =    Remove Directory    ${DIR}/sub    recursive=True
    Log    ${result}    formatter=repr
063
    ${result} =    Remove Directory    ${DIR}/sub
    Log    ${result}    formatter=repr
064
    ${result} =    Empty Directory    ${DIR}
    Log    ${result}    formatter=repr
065
    ${result} =    Empty Directory    ${DIR}/nosuch
    Log    ${result}    formatter=repr
066
    ${result} =    Set Environment Variable    FARM_TEST_X    value
    Log    ${result}    formatter=repr
067
    ${result} =    Get Environment Variable    FARM_TEST_X
    Log    ${result}    formatter=repr
068
    ${result} =    Environment Variable Should Be Set    FARM_TEST_X
    Log    ${result}    formatter=repr
069
    ${result} =    Environment Variable Should Not Be Set    FARM_TEST_X
    Log    ${result}    formatter=repr
070
    ${result} =    Append To Environment Variable    FARM_TEST_X    more
    Log    ${result}    formatter=repr
071
    ${result} =    Remove Environment Variable    FARM_TEST_X    FARM_TEST_X
    Log    ${result}    formatter=repr
072
    ${result} =    Get Environment Variable    FARM_TEST_X
    Log    ${result}    formatter=repr
073
    ${result} =    Get Environment Variable    FARM_TEST_X    dflt
    Log    ${result}    formatter=repr
074
    ${result} =    Environment Variable Should Be Set    FARM_TEST_X
    Log    ${result}    formatter=repr
075
    ${result} =    Run    echo hello; echo err >&2; exit 3
    Log    ${result}    formatter=repr
076
    ${result} =    Run And Return Rc    exit 3
    Log    ${result}    formatter=repr
077
    ${result} =    Run And Return Rc And Output    echo x; exit 300
    Log    ${result}    formatter=repr
078
    ${result} =    Wait Until Created    ${DIR}/nosuch    0.1
    Log    ${result}    formatter=repr
079
    ${result} =    Wait Until Removed    ${DIR}    0.1 s
    Log    ${result}    formatter=repr
080
    ${result} =    Create Binary File    ${DIR}/x.bin    ${BYTES}
    Log    ${result}    formatter=repr
081
    ${result} =    Get Binary File    ${DIR}/x.bin
    Log    ${result}    formatter=repr
082
    ${result} =    Get File    ${DIR}/x.bin
    Log    ${result}    formatter=repr
083
    ${result} =    Get Modified Time    ${DIR}/nosuch
    Log    ${result}    formatter=repr
084
    ${result} =    Set Modified Time    ${DIR}/x.bin    2024-01-31 12:00:00
    Log    ${result}    formatter=repr
085
    ${result} =    Get Modified Time    ${DIR}/x.bin
    Log    ${result}    formatter=repr
086
    ${result} =    Copy Files    a
    Log    ${result}    formatter=repr
