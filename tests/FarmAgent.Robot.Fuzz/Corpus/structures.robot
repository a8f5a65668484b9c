*** Settings ***
Documentation     Every construct once.
Metadata          Bench    virtual
Suite Setup       Log    up
Suite Teardown    Log    down
Test Setup        No Operation
Test Teardown     Note    teardown
Test Timeout      1 minute
Test Tags         all    -none
Keyword Tags      own
Resource          common.resource
Library           Collections
Library           String

*** Variables ***
${SCALAR}         value
@{LIST}           a    b    ${SCALAR}    4
&{DICT}           key=1    other=${LIST}    nested=${{{'deep': [1, 2]}}}
${NUMBER: int}    42
${JOINED}         one    two    separator=-
${EMPTY_ONE}      ${EMPTY}

*** Test Cases ***
Loops
    [Tags]    loops    robot:continue-on-failure
    FOR    ${i}    IN    @{LIST}
        IF    $i == 'b'    CONTINUE
        Note    ${i}
    END
    FOR    ${i}    ${j}    IN RANGE    0    8    2
        Log    ${i}-${j}
        IF    ${i} > 3    BREAK
    END
    FOR    ${n}    ${item}    IN ENUMERATE    @{LIST}    start=1
        Should Not Be Empty    ${item}
    END
    FOR    ${a}    ${b}    IN ZIP    ${LIST}    ${{['x', 'y']}}    mode=LONGEST    fill=-
        Log Many    ${a}    ${b}
    END
    FOR    ${k}    ${v}    IN    &{DICT}
        Log    ${k}=${v}
    END
    WHILE    ${NUMBER} < 45    limit=5    on_limit=PASS    on_limit_message=enough
        ${NUMBER} =    Evaluate    $NUMBER + 1
    END

Branches
    [Documentation]    With IF, TRY and GROUP.
    IF    '${SCALAR}' == 'value' and ${NUMBER}
        Log    yes
    ELSE IF    ${False}
        Fail    no
    ELSE
        Log    other
    END
    ${x} =    IF    ${True}    Set Variable    1    ELSE    Set Variable    2
    TRY
        Fail    Expected: ${x}
    EXCEPT    Expected: *    type=GLOB    AS    ${error}
        Should Be Equal    ${error}    Expected: 1
    EXCEPT
        Fail    wrong branch
    ELSE
        Fail    no failure
    FINALLY
        Log    at last
    END
    GROUP    A named ${SCALAR}
        VAR    ${local}    a    b    separator=${SPACE}
        VAR    @{many}    1    2    scope=TEST
        VAR    &{map}    a=1    b=2
        Log    ${local} ${many}[0] ${map.a} ${DICT}[nested][deep][-1] ${DICT.nested}
    END

Calls
    ${result} =    Give    1    second=2
    Should Be Equal As Integers    ${result}    3
    ${one}    @{rest} =    Create List    1    2    3
    ${DICT}[new] =    Set Variable    added
    Run Keyword And Expect Error    STARTS: No    Fail    No such thing
    ${status}    ${value} =    Run Keyword And Ignore Error    Give    x
    Wait Until Keyword Succeeds    3x    1s    Note    again
    Repeat Keyword    3 times    Note    again
    Run Keywords    Log    1    AND    Log    2
    Say "hello" 3 times
    Given the state is ready
    Sleep    0.1s

Failing
    [Timeout]    10s
    [Setup]    Log    in setup
    Should Be Equal    ${SCALAR}    other    msg=Differs
    [Teardown]    Run Keywords    Note    a    AND    Note    b

Skipped
    Skip If    ${True}    not today

Templated
    [Template]    Should Be Equal
    1    1
    a    A    ignore_case=True
    FOR    ${i}    IN    1    2
        ${i}    ${i}
    END

*** Keywords ***
Note
    [Arguments]    ${text}    @{more}    ${named}=default    &{free}
    [Documentation]    Notes a text.
    [Tags]    note
    [Timeout]    5 seconds
    Log    ${text} ${more} ${named} ${free}
    RETURN    ${text}

Give
    [Arguments]    ${first: int}    ${second: int}=0
    ${sum} =    Evaluate    $first + $second
    IF    ${sum} > 10    RETURN    ${10}
    RETURN    ${sum}

Say "${what}" ${count:\d+} times
    Log    ${what * ${count}}
    [Teardown]    No Operation

The state is ${state}
    Set Test Variable    ${STATE}    ${state}
