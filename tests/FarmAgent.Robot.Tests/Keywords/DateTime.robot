*** Settings ***
Library    DateTime

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
    ${result} =    Convert Date    2024-01-31 12:34:56.789
    Log    ${result}    formatter=repr
002
    ${result} =    Convert Date    20240131
    Log    ${result}    formatter=repr
003
    ${result} =    Convert Date    2024-01-31 12:34    exclude_millis=True
    Log    ${result}    formatter=repr
004
    ${result} =    Convert Date    2024-01-31 12:34:56.789    exclude_millis=True
    Log    ${result}    formatter=repr
005
    ${result} =    Convert Date    2024-01-31    epoch
    Log    ${result}    formatter=repr
006
    ${result} =    Convert Date    2024-01-31    datetime
    Log    ${result}    formatter=repr
007
    ${result} =    Convert Date    2024-01-31    date
    Log    ${result}    formatter=repr
008
    ${result} =    Convert Date    2024-01-31    %d.%m.%Y
    Log    ${result}    formatter=repr
009
    ${result} =    Convert Date    31.01.2024    date_format=%d.%m.%Y
    Log    ${result}    formatter=repr
010
    ${result} =    Convert Date    31.01.2024x    date_format=%d.%m.%Y
    Log    ${result}    formatter=repr
011
    ${result} =    Convert Date    x    date_format=%d.%m.%Y
    Log    ${result}    formatter=repr
012
    ${result} =    Convert Date    nodate
    Log    ${result}    formatter=repr
013
    ${result} =    Convert Date    2024-13-01
    Log    ${result}    formatter=repr
014
    ${result} =    Convert Date    2024-01-31    nosuch
    Log    ${result}    formatter=repr
015
    ${result} =    Convert Date    ${1706704496.5}
    Log    ${result}    formatter=repr
016
    ${result} =    Convert Time    1 minute 30 s
    Log    ${result}    formatter=repr
017
    ${result} =    Convert Time    90    verbose
    Log    ${result}    formatter=repr
018
    ${result} =    Convert Time    1h 2min 3s 4ms    compact
    Log    ${result}    formatter=repr
019
    ${result} =    Convert Time    3723.004    timer
    Log    ${result}    formatter=repr
020
    ${result} =    Convert Time    3723.6    timer    exclude_millis=True
    Log    ${result}    formatter=repr
021
    ${result} =    Convert Time    -5    timer
    Log    ${result}    formatter=repr
022
    ${result} =    Convert Time    1.5    timedelta
    Log    ${result}    formatter=repr
023
    ${result} =    Convert Time    nope
    Log    ${result}    formatter=repr
024
    ${result} =    Convert Time    5    nosuch
    Log    ${result}    formatter=repr
025
    ${result} =    Convert Time    01:30
    Log    ${result}    formatter=repr
026
    ${result} =    Add Time To Date    2024-01-31    1 day
    Log    ${result}    formatter=repr
027
    ${result} =    Add Time To Date    2024-02-28    2 days    %Y-%m-%d
    Log    ${result}    formatter=repr
028
    ${result} =    Subtract Time From Date    2024-03-01    1 day
    Log    ${result}    formatter=repr
029
    ${result} =    Subtract Date From Date    2024-03-01    2024-02-28
    Log    ${result}    formatter=repr
030
    ${result} =    Subtract Date From Date    2024-03-01    2024-02-28    verbose
    Log    ${result}    formatter=repr
031
    ${result} =    Add Time To Time    1 min    30 s
    Log    ${result}    formatter=repr
032
    ${result} =    Add Time To Time    1 min    30 s    timer
    Log    ${result}    formatter=repr
033
    ${result} =    Subtract Time From Time    1 min    90 s
    Log    ${result}    formatter=repr
034
    ${result} =    Subtract Time From Time    1 min    90 s    verbose
    Log    ${result}    formatter=repr
035
    ${result} =    Get Current Date    mars
    Log    ${result}    formatter=repr
