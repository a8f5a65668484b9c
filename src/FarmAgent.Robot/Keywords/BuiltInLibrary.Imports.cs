using FarmAgent.Robot.Building;
using FarmAgent.Robot.Lexing;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Running;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Keywords;

/// <summary>Imports at run time, and keywords about keywords.</summary>
internal sealed partial class BuiltInLibrary
{
    private static IEnumerable<KeywordDescriptor> ImportKeywords() =>
    [
        Raw("Import Library", "name: str, *args", 0, (context, a) =>
        {
            var cells = a.Varargs;
            var marked = cells.Count > 1 && cells[^2] is string mark && TitleCase.NormalizeSpaces(mark) is "WITH NAME" or "AS";
            var alias = marked ? Text(cells[^1]) : null;
            var suite = Scope(context).Suite;
            return Tracebacks.AsRuntimeError(() =>
            {
                suite.Imports.ImportLibrary(Text(a["name"]), marked ? [.. cells.SkipLast(2)] : cells, alias, SourceOf(suite), 0);
                return null;
            });
        }),
        Raw("Import Resource", "path: str", 0, (context, a) =>
        {
            var suite = Scope(context).Suite;
            return Tracebacks.AsRuntimeError(() =>
            {
                suite.Imports.ImportResource(Text(a["path"]), SourceOf(suite), overwrite: true);
                return null;
            });
        }),
        Raw("Import Variables", "path: str, *args", 0, (context, a) =>
        {
            var suite = Scope(context).Suite;
            return Tracebacks.AsRuntimeError(() =>
            {
                suite.Imports.ImportVariables(Text(a["path"]), a.Varargs, SourceOf(suite), overwrite: true);
                return null;
            });
        }),
        Plain("Set Library Search Order", "*search_order: str", (context, a) =>
        {
            var keywords = Scope(context).Suite.Keywords;
            var old = new PyTuple([.. keywords.SearchOrder]);
            keywords.SearchOrder = [.. a.Varargs.Select(Text)];
            return old;
        }),
        Assertion("Keyword Should Exist", "name, msg: str | None=None", (context, a) =>
        {
            var found = Scope(context).Suite.FindKeyword(Text(a["name"]), recommend: false);
            if ((found.Error ?? found.User?.Error ?? found.Library?.Descriptor.Problem) is { } problem)
            {
                throw Tracebacks.Attach(Failed(a.OptionalText("msg") ?? problem), $"robot.errors.DataError: {problem}");
            }

            return null;
        }),
        Plain("Get Library Instance", "name: str | None=None, all: bool=False", (context, a) =>
        {
            var libraries = Scope(context).Suite.Keywords.Libraries;
            return Instance(a, libraries);
        }),
        Plain("Reload Library", "name_or_instance", (context, a) =>
        {
            var name = NormalizedNames.Normalize(Text(a["name_or_instance"]));
            var library = Scope(context).Suite.Keywords.Libraries.Values.FirstOrDefault(known => NormalizedNames.Normalize(known.Name) == name)
                ?? throw new VariableSyntaxException($"No library '{Text(a["name_or_instance"])}' found.");
            context.Log($"Reloaded library {library.Name} with {library.Library.Keywords.Count} keywords.");
            return null;
        }),
    ];

    private static object Instance(KeywordArguments a, IReadOnlyDictionary<string, LibraryInstance> libraries)
    {
        if (PyTruth.Of(a["all"]))
        {
            return new DotDict(libraries.Select(pair => new KeyValuePair<object?, object?>(pair.Key, pair.Value.Library.AsObject())));
        }

        return libraries.TryGetValue(Text(a["name"]), out var library) ? library.Library.AsObject() : throw Missing(Text(a["name"]));
    }

    private static KeywordFailedException Missing(string name)
    {
        var cause = new VariableSyntaxException($"No library '{name}' found.");
        return Tracebacks.Attach(new KeywordFailedException(cause.Message, "", cause), $"robot.errors.DataError: {cause.Message}");
    }

    // Relative paths start from the file that holds the call.
    private static ResourceFile SourceOf(SuiteContext suite) =>
        suite.UserKeywords.Count > 1 || (suite.UserKeywords.Count == 1) ? suite.UserKeywords[^1].Owner : new ResourceFile { Source = suite.SourceFile };
}
