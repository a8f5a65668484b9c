using System.Diagnostics;
using FarmAgent.TestKit;

namespace FarmAgent.Robot.Tests.RemoteLibraries;

public sealed class RemoteLibraryTests : IDisposable
{
    private const string Server = """
        import datetime, sys, time, xmlrpc.client, xmlrpc.server
        SPECS = {'hello_world': [], 'add': ['a', 'b=2'], 'echo': ['x'], 'fail': ['msg'], 'go_on': [], 'named': ['a', '*rest', 'k=5', '**kw'],
                 'types': [], 'sleepy': [], 'wrong': []}

        class Keywords:
            def get_keyword_names(self): return sorted(SPECS)
            def get_keyword_arguments(self, name): return SPECS[name]
            def get_keyword_types(self, name): return ['int', 'float'] if name == 'add' else []
            def get_keyword_tags(self, name): return ['remote']
            def run_keyword(self, name, args, kwargs={}):
                if name == 'fail': return {'status': 'FAIL', 'error': args[0], 'traceback': 'there', 'output': 'before'}
                if name == 'go_on': return {'status': 'FAIL', 'error': 'later', 'continuable': True}
                if name == 'wrong': return {'x': 1}
                if name == 'sleepy': time.sleep(600)
                value = args[0] if args else ''
                result = {'hello_world': 'hi', 'add': repr(args), 'named': repr((args, kwargs)), 'sleepy': '',
                          'echo': repr(value.data if isinstance(value, xmlrpc.client.Binary) else value),
                          'types': {'a': [1, 2.5, True, xmlrpc.client.Binary(b'\x00\xff')], 'd': {'e': 1}}}[name]
                return {'status': 'PASS', 'output': '*WARN* w\n*HTML* <b>h</b>' if name == 'hello_world' else '', 'return': result}

        server = xmlrpc.server.SimpleXMLRPCServer(('127.0.0.1', 0), allow_none=True, logRequests=False)
        server.register_instance(Keywords())
        print(server.server_address[1], flush=True)
        server.serve_forever()
        """;

    private readonly RobotRuns _run = new();
    private readonly Process _server;
    private readonly string _port;

    public RemoteLibraryTests()
    {
        var python = RequiredTool.Find("python3", "python3");
        _server = Process.Start(new ProcessStartInfo(python, ["-c", Server]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        _port = _server.StandardOutput.ReadLine()!;
    }

    public void Dispose()
    {
        _server.Kill(entireProcessTree: true);
        _server.Dispose();
        _run.Dispose();
    }

    private string Message(string body, string more = "") =>
        _run.RunTest(body, $"\n*** Settings ***\nLibrary    Remote    127.0.0.1:{_port}{more}\n").Message;

    [Theory]
    [InlineData("${x} =    Hello World\nShould Be Equal    ${x}    hi")]
    [InlineData("${x} =    Add    1\nShould Be Equal    ${x}    [1]")]
    [InlineData("${x} =    Add    1    3\nShould Be Equal    ${x}    [1, 3.0]")]
    [InlineData("${x} =    Named    1    2    k=3    z=4\nShould Be Equal    ${x}    (['1', '2'], {'k': '3', 'z': '4'})")]
    [InlineData("${x} =    Echo    ${None}\nShould Be Equal    ${x}    ''")]
    [InlineData("${x} =    Echo    a\\x00b\nShould Be Equal    ${x}    b'a\\\\x00b'")]
    [InlineData("${x} =    Echo    ${{[1, (2, {'a': 3.5})]}}\nShould Be Equal    ${x}    [1, [2, {'a': 3.5}]]")]
    [InlineData("${x} =    Types\nShould Be Equal    ${x.a}    ${{[1, 2.5, True, b'\\x00\\xff']}}\nShould Be Equal    ${x.d.e}    ${1}")]
    public void Run_Values_TravelBothWays(string body) => Assert.Equal("", Message(body));

    [Theory]
    [InlineData("Fail    the message", "the message")]
    [InlineData("Add    x", "ValueError: Argument 'a' got value 'x' that cannot be converted to integer.")]
    [InlineData("Add", "Keyword 'Remote.Add' expected 1 to 2 arguments, got 0.")]
    [InlineData("Echo    ${12345678901}", "OverflowError: int exceeds XML-RPC limits")]
    [InlineData("Echo    a\\x00\\u2603", "ValueError: Cannot represent 'a\\x00☃' as binary.")]
    [InlineData("Go On\nBuiltIn.Fail    second", "Several failures occurred:\n\n1) later\n\n2) second")]
    [InlineData("Wrong", "Invalid remote result dictionary: {'x': 1}")]
    public void Run_Failure_HasTheOriginalsMessage(string body, string message) =>
        Assert.Equal(message, Message(body.StartsWith("Fail ", StringComparison.Ordinal) ? "Remote." + body : body));

    [Fact]
    public void Run_OutputOfTheServer_BecomesMessages()
    {
        Message("Hello World");

        Assert.Equal(["WARN w", "INFO <b>h</b>"], _run.Output.Element("suite")!.Descendants("msg").Select(m => $"{m.Attribute("level")!.Value} {m.Value}"));
    }

    [Fact]
    public void Run_SlowServer_EndsWithTheTimeoutOfTheTest() => Assert.Equal("Test timeout 300 milliseconds exceeded.", Message("[Timeout]    300 ms\nSleepy"));

    [Fact]
    public void Run_SlowServer_EndsWithTheTimeoutOfTheConnection() =>
        Assert.Equal("Connection to remote server broken: timed out", Message("Sleepy", "    300 ms"));

    [Fact]
    public void Import_NoServer_SaysWhereThereIsNone()
    {
        _run.RunTest("No Operation", "\n*** Settings ***\nLibrary    Remote    http://127.0.0.1:1\n");

        Assert.Contains(
            "Getting keyword names from library 'Remote' failed: Calling dynamic method 'get_keyword_names' failed: Connecting remote server at "
            + "http://127.0.0.1:1 failed: [Errno 111] Connection refused", _run.Stderr.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dialogs")]
    [InlineData("Screenshot")]
    [InlineData("Telnet")]
    public void Import_LibraryThatIsNotOffered_FailsWithTheReason(string library)
    {
        _run.RunTest("No Operation", $"\n*** Settings ***\nLibrary    {library}\n");

        Assert.Contains($"Importing library '{library}' failed: It is not offered here: ", _run.Stderr.ToString(), StringComparison.Ordinal);
    }
}
