*** Setting ***
Resource    missing.resource
Library    NoSuchLibrary
Suite Precondition    x
Test Template

*** Comments ***
Anything at all

*** Variables ***
${broken
${x}[0]    1
@{list}    ${missing}
&{dict}    novalue

*** Test Cases ***
Unclosed
    FOR    ${i}    IN    1
    IF    ${i}
    Log    x
Empty

Wrong
    ELSE
    END
    [Unknown]    setting
    BREAK
    ${a}    ${b} =    Set Variable    1
    ${x} =
    Log
    No Such Keyword    ${missing}
    TRY
        Log    ${nested${deep}}[${x}][
    END
    WHILE    bad(    limit=x    limit=2
        CONTINUE
    END
    VAR    notvar    1
    VAR    ${x: int}    abc
    RETURN    1
    Log    ${{1/0}} %{NO_SUCH=default} \x41\u00e9\U0001F600 ${SPACE * 3}
    FOR    i    IN RANGE    a
        Log    1
    END
    Recurse    1
    ...    2
    ...
    | pipes | here |

| Piped test | Log | a |
|            | ${x} = | Set Variable | 1 |

*** Keywords ***
Recurse
    [Arguments]    ${n}=1    ${m}    @{l}    @{k}
    Recurse    ${n}

Twice
    Log    1

Twice
    Log    2

${all} embedded ${all}
    Log    ${all}

*** Tasks ***
*** Nonsense ***
