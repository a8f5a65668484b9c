*** Settings ***
Documentation       The I2C GPIO expander, from the bus to the pin and back. Each test starts from a reset board,
...                 and each can fail: what is written on one side is asserted on the other.
Library             Board
Library             HostGpio    AS    host
Library             I2c
Library             Serial
Library             STM32GpioExpander    ${EXPANDER}    AS    expander
Test Setup          Start Clean
Suite Teardown      Release Host Lines

*** Variables ***
${EXPANDER}         0x08

# How long a level needs from one end of a wire to the other: nothing on a bench of plain wires. Raise it for filters and relays: -v SETTLE:200ms
${SETTLE}           0s

# The wiring: host line n of this list goes to pin PAn of the board.
@{HOST_LINES}       PG11    PG0    PG1    PG2    PG3    PG4    PG5    PG6
${PORT_A}           ${0}
${PORT_B}           ${1}
${IN}               ${0}
${OUT}              ${1}

# Registers, as documented by the firmware.
${MAGIC}            00
${ACTIVATE}         ${0x02}
${VERSION_BLOCK}          30
@{BOARD_PINS}       ${6}    ${7}

*** Test Cases ***
The Magic Word Is Read
    ${bytes} =    I2c Transfer    ${EXPANDER}    write=${MAGIC}    read=2
    Should Be Equal    ${bytes}    BE EF
    ${present} =    expander.Probe
    Should Be True    ${present}

The Version Block Names The Image
    [Documentation]    The bus and the log must tell of the same build.
    ${banner} =    Wait For Serial    ^expander .* i2c    timeout=2s
    ${version} =    Expander Version
    ${build} =    Expander Build Id
    Should Be Equal    ${banner}    expander ${version} build ${build} i2c 0x08
    ${format} =    I2c Transfer    ${EXPANDER}    write=${VERSION_BLOCK}    read=1
    Should Be Equal    ${format}    01
    Should Not Be Equal    ${build}    ffffffff

Only The Expander Answers
    I2c Should Acknowledge    ${EXPANDER}
    I2c Should Not Acknowledge    0x09
    I2c Should Not Acknowledge    0x50
    ${found} =    I2c Scan
    Length Should Be    ${found}    1
    Should Be Equal    ${found}[0]    ${EXPANDER}

Untouched Registers Hold Their Defaults
    ${ports} =    I2c Transfer    ${EXPANDER}    write=03    read=8
    Should Be Equal    ${ports}    FF FF FF FF FF FF FF FF
    ${pins} =    I2c Transfer    ${EXPANDER}    write=0B    read=8
    Should Be Equal    ${pins}    FF FF FF FF FF FF FF FF
    ${configs} =    I2c Transfer    ${EXPANDER}    write=13    read=8
    Should Be Equal    ${configs}    00 00 00 00 00 00 00 00
    ${active} =    expander.Read    ${ACTIVATE}
    Should Be Equal As Integers    ${active}    0

The Magic Word Cannot Be Overwritten
    I2c Transfer    ${EXPANDER}    write=00 12 34
    Expander Should Be Present

Every Pin Drives Its Host Line
    FOR    ${index}    IN RANGE    8
        Make Output    ${index}
    END
    FOR    ${index}    IN RANGE    8
        expander.Set Pin    ${index}    ${1}
        Host Lines Should Show Only    ${index}
        expander.Set Pin    ${index}    ${0}
        Host Pin Should Be    ${HOST_LINES}[${index}]    0    timeout=${SETTLE}
    END
    ${active} =    expander.Read    ${ACTIVATE}
    Should Be Equal As Integers    ${active}    255

The Initial Value Is There At Activation
    FOR    ${index}    IN RANGE    8
        Make Output    ${index}    initial=${1}
        Host Pin Should Be    ${HOST_LINES}[${index}]    1    timeout=${SETTLE}
        Settled Expander Pin Should Be    ${index}    1
    END

An Inverted Output Drives The Opposite Level
    FOR    ${index}    IN RANGE    8
        Make Output    ${index}    initial=${0}    invert=${1}
        Host Pin Should Be    ${HOST_LINES}[${index}]    1    timeout=${SETTLE}
        expander.Set Pin    ${index}    ${1}
        Host Pin Should Be    ${HOST_LINES}[${index}]    0    timeout=${SETTLE}
        Settled Expander Pin Should Be    ${index}    1
    END

An Output Reads Back What Was Set
    Make Output    ${3}
    Settled Expander Pin Should Be    ${3}    0
    expander.Set Pin    ${3}    ${1}
    Settled Expander Pin Should Be    ${3}    1
    Host Pin Should Be    ${HOST_LINES}[3]    1    timeout=${SETTLE}

Every Input Reads Its Host Line
    FOR    ${index}    IN RANGE    8
        Make Input    ${index}
        Settled Expander Pin Should Be    ${index}    0
        host.Write Pin    ${HOST_LINES}[${index}]    ${1}
        Settled Expander Pin Should Be    ${index}    1
        host.Write Pin    ${HOST_LINES}[${index}]    ${0}
        Settled Expander Pin Should Be    ${index}    0
    END

An Inverted Input Reads The Opposite Level
    Make Input    ${5}    invert=${1}
    Settled Expander Pin Should Be    ${5}    1
    host.Write Pin    ${HOST_LINES}[5]    ${1}
    Settled Expander Pin Should Be    ${5}    0

Pins That The Board Needs Are Refused
    [Documentation]    Mapping a GPIO to the I2C bus would cut the board off; the expander must still answer afterwards.
    FOR    ${pin}    IN    @{BOARD_PINS}
        expander.Set Config    ${0}    ${PORT_B}    ${pin}    ${OUT}    ${0}    ${0}
        ${active} =    expander.Read    ${ACTIVATE}
        Should Be Equal As Integers    ${active}    0
        Serial Should Contain    gpio 0: PB${pin} refused    timeout=1s
    END
    Expander Should Be Present

Each Register Write Is Logged
    expander.Write    ${0x0B}    ${0x5A}
    Serial Should Contain    reg 0x0b = 0x5a    timeout=1s

*** Keywords ***
Start Clean
    [Documentation]    Host lines are let go before the reset: nothing may drive against the board while its pins change.
    Release Host Lines
    Clear Serial
    Reset Board
    Expander Should Be Present

Release Host Lines
    FOR    ${line}    IN    @{HOST_LINES}
        host.Set Config    ${line}    ${IN}    ${0}
    END

Settled Expander Pin Should Be
    [Arguments]    ${index}    ${value}
    Sleep    ${SETTLE}
    Expander Pin Should Be    ${index}    ${value}

Make Output
    [Arguments]    ${index}    ${initial}=${0}    ${invert}=${0}
    [Documentation]    GPIO n becomes an output on pin PAn.
    expander.Set Config    ${index}    ${PORT_A}    ${index}    ${OUT}    ${initial}    ${invert}

Make Input
    [Arguments]    ${index}    ${invert}=${0}
    [Documentation]    GPIO n becomes an input on pin PAn, and only then does the host drive its line.
    expander.Set Config    ${index}    ${PORT_A}    ${index}    ${IN}    ${0}    ${invert}
    host.Set Config    ${HOST_LINES}[${index}]    ${OUT}    ${0}

Host Lines Should Show Only
    [Arguments]    ${high}
    [Documentation]    Exactly one line is high: a bridge between two wires shows here.
    FOR    ${index}    IN RANGE    8
        ${expected} =    Evaluate    int(${index} == ${high})
        Host Pin Should Be    ${HOST_LINES}[${index}]    ${expected}    timeout=${SETTLE}
    END
