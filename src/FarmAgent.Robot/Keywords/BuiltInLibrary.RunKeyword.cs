using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Patterns;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Running;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Keywords;

/// <summary>Run Keyword and its variants.</summary>
internal sealed partial class BuiltInLibrary
{
    private const string Call = "name, /, *args";

    private const string ConditionalCall = "condition, name, /, *args";

    private static IEnumerable<KeywordDescriptor> RunKeywords() =>
    [
        Raw("Run Keyword", Call, 0, (context, a) => RunCall(context, a)),
        Raw("Run Keywords", "*names_and_args", 0, (context, a) => RunAll(context, SplitCalls(context, a.Varargs))),
        Raw("Run Keyword If", ConditionalCall, 1, (context, a) => RunIf(context, a["condition"], [a["name"], .. a.Varargs])),
        new("Run Keyword Unless", ConditionalCall, (context, a) => IsTrue(context, a["condition"]) ? null : RunCall(context, a))
        {
            ResolvedArguments = 1,
            Documentation = "*DEPRECATED*",
        },
        Raw("Run Keyword And Ignore Error", Call, 0, (context, a) => IgnoreError(context, a, out _)),
        Raw("Run Keyword And Return Status", Call, 0, (context, a) => IgnoreError(context, a, out var status) is Flow flow ? flow : status == "PASS"),
        Raw("Run Keyword And Warn On Failure", Call, 0, (context, a) =>
        {
            var result = IgnoreError(context, a, out var status);
            if (status == "FAIL")
            {
                context.Log($"Executing keyword '{Text(a["name"])}' failed:\n{Text(((PyTuple)result!)[1])}", MessageLevel.Warn);
            }

            return result;
        }),
        Raw("Run Keyword And Continue On Failure", Call, 0, (context, a) =>
        {
            var flow = RunCall(context, a);
            if (flow is { IsFailed: true, Failure: { DontContinue: false } failure })
            {
                failure.Continuable = true;
            }

            return flow;
        }),
        new("Run Keyword And Expect Error", "expected_error: str, name, /, *args", ExpectError) { ResolvedArguments = 1, IsAssertion = true },
        Raw("Repeat Keyword", "repeat, name, /, *args", 1, Repeat),
        new("Wait Until Keyword Succeeds", "retry, retry_interval, name, /, *args", (context, a) => new RetryLoop(Scope(context), a).Run())
        {
            ResolvedArguments = 2,
        },
        Raw("Run Keyword And Return", Call, 0, (context, a) => ReturnValueOf(context, RunCall(context, a))),
        Raw("Run Keyword And Return If", ConditionalCall, 1, (context, a) =>
            IsTrue(context, a["condition"]) ? ReturnValueOf(context, RunCall(context, a)) : null),
    ];

    /// <summary>Runs the keyword that the arguments <c>name</c> and <c>*args</c> name.</summary>
    internal static Flow RunCall(IKeywordContext context, KeywordArguments a) => RunCall(Scope(context), [a["name"], .. a.Varargs]);

    /// <summary>Runs a keyword given as cells, its name first; the name may come from a variable.</summary>
    internal static Flow RunCall(KeywordScope scope, IReadOnlyList<object?> cells)
    {
        var suite = scope.Suite;
        var runner = new KeywordRunner(suite);
        object? name = cells[0];
        IReadOnlyList<object?> arguments = [.. cells.Skip(1)];
        if (name is string written)
        {
            var match = VariableMatch.Search(written);
            if (!match.Found || suite.DryRun)
            {
                name = Escapes.Unescape(written);
            }
            else if (match.Is('@'))
            {
                var resolved = suite.Variables.ReplaceList(cells, 1, suite.InTeardown);
                if (resolved.Count == 0)
                {
                    throw Failed($"Keyword name missing: Given arguments {PyText.Repr(new PyList(cells))} resolved to an empty list.");
                }

                (name, arguments) = (resolved[0], [.. resolved.Skip(1)]);
            }
            else
            {
                name = suite.Variables.ReplaceScalar(written, suite.InTeardown);
                if (name is string replaced && suite.FindKeyword(replaced, false).IsEmbedded && suite.FindKeyword(written, false).IsEmbedded)
                {
                    name = written;
                }
            }
        }

        return name is string text
            ? runner.Run(new CallData(text, arguments, [], KeywordRole.Keyword, 0), run: true)
            : throw Failed("Keyword name must be a string.");
    }

    internal static Flow RunAll(IKeywordContext context, IEnumerable<IReadOnlyList<object?>> calls)
    {
        var scope = Scope(context);
        var failures = new List<Failure>();
        foreach (var call in calls)
        {
            var flow = RunCall(scope, call);
            if (flow.Leaves)
            {
                return flow.After(failures);
            }

            if (flow.IsFailed)
            {
                failures.AddRange(flow.Failure!.Parts);
                if (!scope.Suite.CanContinue(flow.Failure))
                {
                    break;
                }
            }
        }

        return failures.Count == 0 ? Flow.Next : Flow.Fail(Failure.Combine(failures));
    }

    private static IEnumerable<IReadOnlyList<object?>> SplitCalls(IKeywordContext context, IReadOnlyList<object?> cells)
    {
        if (!cells.Contains("AND"))
        {
            foreach (var cell in cells)
            {
                if (cell is string list && VariableKinds.IsList(list))
                {
                    foreach (var name in Variables(context).ReplaceList([list], ignoreErrors: Scope(context).Suite.InTeardown))
                    {
                        yield return [name is string text ? Escapes.Escape(text) : name];
                    }
                }
                else
                {
                    yield return [cell];
                }
            }

            yield break;
        }

        var call = new List<object?>();
        foreach (var cell in cells.Append("AND"))
        {
            if (cell is not "AND")
            {
                call.Add(cell);
                continue;
            }

            yield return call.Count > 0 ? call : throw new VariableSyntaxException("AND must have keyword before and after.");
            call = [];
        }
    }

    private static object? RunIf(IKeywordContext context, object? condition, List<object?> cells)
    {
        while (true)
        {
            var (word, required, what) = cells.Contains("ELSE IF") ? ("ELSE IF", 2, "condition and keyword") : ("ELSE", 1, "keyword");
            var index = cells.IndexOf(word);
            var call = index < 0 ? cells : cells[..index];
            List<object?>? branch = null;
            if (index >= 0)
            {
                branch = Variables(context).ReplaceList(cells[(index + 1)..], required);
                if (branch.Count < required)
                {
                    throw new VariableSyntaxException($"{word} requires {what}.");
                }
            }

            if (IsTrue(context, condition))
            {
                return RunCall(Scope(context), call);
            }

            if (branch is null)
            {
                return null;
            }

            if (word == "ELSE")
            {
                return RunCall(Scope(context), branch);
            }

            (condition, cells) = (branch[0], branch[1..]);
        }
    }

    private static object? IgnoreError(IKeywordContext context, KeywordArguments a, out string status)
    {
        var flow = RunCall(context, a);
        status = "";
        if (flow.Leaves || (flow.IsFailed && (flow.Failure!.DontContinue || flow.Failure.Skip)))
        {
            return flow;
        }

        status = flow.IsFailed ? "FAIL" : "PASS";
        return new PyTuple(status, flow.IsFailed ? flow.Failure!.Message : flow.Value);
    }

    private static object? ExpectError(IKeywordContext context, KeywordArguments a)
    {
        var expected = a.Text("expected_error");
        var flow = RunCall(context, a);
        if (flow.Leaves || (flow.IsFailed && (flow.Failure!.DontContinue || flow.Failure.Skip)))
        {
            return flow;
        }

        if (!flow.IsFailed)
        {
            throw Failed($"Expected error '{expected}' did not occur.");
        }

        var error = flow.Failure!.Message;
        return IsExpected(error, expected) ? error : throw Failed($"Expected error '{expected}' but got '{error}'.");
    }

    private static bool IsExpected(string error, string expected)
    {
        var colon = expected.IndexOf(':', StringComparison.Ordinal);
        var rest = colon < 0 ? "" : expected[(colon + 1)..].TrimStart(PyWhitespace.All);
        return (colon < 0 ? "" : expected[..colon]) switch
        {
            "EQUALS" => error == rest,
            "STARTS" => error.StartsWith(rest, StringComparison.Ordinal),
            "REGEXP" => PyRegex.Compile(rest).FullMatch(error) is not null,
            "GLOB" => new GlobPattern(rest).Matches(error),
            _ => new GlobPattern(expected).Matches(error),
        };
    }

    private static Flow ReturnValueOf(IKeywordContext context, Flow flow)
    {
        if (flow.Leaves)
        {
            return flow;
        }

        context.Log("Returning from the enclosing user keyword.");
        return flow.IsFailed
            ? new Flow(FlowKind.Return, null, flow.Failure)
            : new Flow(FlowKind.Return, new ReturnedValue(flow.Value));
    }

    private static object? Repeat(IKeywordContext context, KeywordArguments a)
    {
        var written = a["repeat"];
        if (RepeatCounts.TryCount(Text(written), requireWord: false, out var count))
        {
            return RunAll(context, Rounds(context, a, count));
        }

        if (!PyNumberParser.TryFloat(Text(written), out _) && TimeStrings.TryParse(Text(written), out var seconds))
        {
            return RunAll(context, Rounds(context, a, seconds));
        }

        return ToInteger(context, RepeatCounts.Strip(Text(written)), null);
    }

    private static IEnumerable<IReadOnlyList<object?>> Rounds(IKeywordContext context, KeywordArguments a, long count)
    {
        if (count <= 0)
        {
            context.Log($"Keyword '{Text(a["name"])}' repeated zero times.");
        }

        for (var i = 1; i <= count; i++)
        {
            context.Log($"Repeating keyword, round {i}/{count}.");
            yield return [a["name"], .. a.Varargs];
        }
    }

    private static IEnumerable<IReadOnlyList<object?>> Rounds(IKeywordContext context, KeywordArguments a, double seconds)
    {
        if (seconds <= 0)
        {
            context.Log($"Keyword '{Text(a["name"])}' repeated zero times.");
        }

        var end = context.Clock.Monotonic + TimeSpan.FromSeconds(Math.Max(seconds, 0));
        for (var round = 1; context.Clock.Monotonic < end; round++)
        {
            var left = (end - context.Clock.Monotonic).TotalSeconds;
            context.Log($"Repeating keyword, round {round}, {TimeStrings.Format(left, compact: true)} remaining.");
            yield return [a["name"], .. a.Varargs];
        }
    }
}
