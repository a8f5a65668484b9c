using FarmAgent.Robot.Lexing;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Parsing;
using FarmAgent.Robot.Running;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Building;

/// <summary>Turns one file as written into what can run.</summary>
/// <param name="languages">Languages in use.</param>
/// <param name="log">Takes the problems of the file.</param>
internal sealed class FileBuilder(Languages languages, IRunLog log)
{
    private static readonly string[] ResourceExtensions =
        [".json", ".markdown", ".md", ".resource", ".rest", ".robot", ".rsrc", ".rst", ".tsv", ".txt"];

    private readonly Dictionary<string, ResourceFile> _resources = new(StringComparer.Ordinal);

    /// <summary>Builds a suite from a file.</summary>
    public Suite BuildSuite(string path, TestDefaults defaults)
    {
        var file = ParseOrFail(path, FileKind.Suite);
        Report(file);
        var suite = new Suite
        {
            Name = SuiteNames.FromPath(path),
            Source = path,
            FilePath = path,
            Rpa = false,
            Resource = new ResourceFile { Source = path },
        };
        var own = new TestDefaults(defaults);
        ApplySettings(file, suite, own);
        if (file.HasTestSection && file.HasTaskSection)
        {
            throw new SuiteDataException($"Parsing '{path}' failed: One file cannot have both tests and tasks.");
        }

        if (file.HasTaskSection)
        {
            suite.Rpa = true;
        }

        BuildKeywords(file, suite.Resource);
        suite.Tests.AddRange(file.Tests.Select(block => BuildTest(block, suite, own)));
        return suite;
    }

    /// <summary>Builds a suite from the initialization file of a folder; its defaults reach all suites below.</summary>
    public Suite BuildInit(string path, TestDefaults defaults)
    {
        var file = ParseOrFail(path, FileKind.Init);
        Report(file);
        var folder = Path.GetDirectoryName(path)!;
        var suite = new Suite
        {
            Name = SuiteNames.FromPath(folder),
            Source = folder,
            FilePath = path,
            Resource = new ResourceFile { Source = path },
        };
        ApplySettings(file, suite, defaults);
        BuildKeywords(file, suite.Resource);
        return suite;
    }

    /// <summary>Builds a resource file.</summary>
    /// <exception cref="VariableSyntaxException">It has a section that a resource file cannot have, or cannot be read.</exception>
    public ResourceFile BuildResource(string path)
    {
        var file = Parse(path, FileKind.Resource);
        if (file.InvalidHeader is { } header)
        {
            ReportUntil(file, header);
            throw new VariableSyntaxException($"Error in file '{path}' on line {header.Line}: {header.Text}");
        }

        Report(file);
        var resource = new ResourceFile { Name = Path.GetFileNameWithoutExtension(path), Source = path };
        ApplyImportsAndVariables(file, resource);
        resource.Documentation = file.Settings.FirstOrDefault(setting => setting.Name == "Documentation") is { } doc ? TextValue.Join(doc.Cells) : "";
        BuildKeywords(file, resource);
        return resource;
    }

    /// <summary>Builds a resource file for an import; an empty one is worth a warning.</summary>
    /// <exception cref="VariableSyntaxException">It is not a resource file.</exception>
    public ResourceFile ImportResource(string path)
    {
        var extension = Path.GetExtension(path);
        if (Directory.Exists(path) || !ResourceExtensions.Contains(extension.ToLowerInvariant()))
        {
            throw new VariableSyntaxException(
                $"Invalid resource file extension '{extension}'. Supported extensions are {ErrorList.Quote(ResourceExtensions)}.");
        }

        if (!_resources.TryGetValue(path, out var resource))
        {
            try
            {
                resource = BuildResource(path);
            }
            catch (SuiteDataException error)
            {
                throw new VariableSyntaxException($"Parsing '{path}' failed: {error.Message}");
            }

            _resources[path] = resource;
            if (resource.IsEmpty)
            {
                log.Warn($"Imported resource file '{path}' is empty.");
            }
        }

        return resource;
    }

    private SuiteFile ParseOrFail(string path, FileKind kind)
    {
        try
        {
            return Parse(path, kind);
        }
        catch (SuiteDataException error)
        {
            throw new SuiteDataException($"Parsing '{path}' failed: {error.Message}");
        }
    }

    private SuiteFile Parse(string path, FileKind kind)
    {
        var text = SourceText.Read(path);
        var folder = Path.GetDirectoryName(path)!.Replace("\\", "\\\\", StringComparison.Ordinal);
        return SuiteFileParser.Parse(text, path, kind, languages, folder);
    }

    private void Report(SuiteFile file) => file.Problems.ForEach(problem => Report(file, problem));

    private void ReportUntil(SuiteFile file, ParseProblem last) =>
        file.Problems.TakeWhile(problem => problem != last).ToList().ForEach(problem => Report(file, problem));

    private void Report(SuiteFile file, ParseProblem problem) => Report(file.Source, problem.Line, problem.Text, problem.IsWarning);

    private void Report(string source, int line, string text, bool warning = false)
    {
        var message = $"Error in file '{source}' on line {line}: {text}";
        if (warning)
        {
            log.Warn(message);
        }
        else
        {
            log.Error(message);
        }
    }

    private static KeywordCall? Fixture(Setting setting) => setting.Values.Count == 0
        ? null
        : new KeywordCall { Name = setting.Values[0], Arguments = [.. setting.Values.Skip(1)], Line = setting.Line };

    private void ApplySettings(SuiteFile file, Suite suite, TestDefaults defaults)
    {
        foreach (var setting in file.Settings)
        {
            switch (setting.Name)
            {
                case "Documentation":
                    suite.Documentation = TextValue.Join(setting.Cells);
                    break;
                case "Metadata":
                    suite.SetMetadata(setting.Values.Count > 0 ? setting.Values[0] : "", TextValue.Join([.. setting.Cells.Skip(1)]));
                    break;
                case "Name":
                    suite.Name = setting.SingleValue ?? suite.Name;
                    break;
                case "Suite Setup":
                    suite.Setup = Fixture(setting);
                    break;
                case "Suite Teardown":
                    suite.Teardown = Fixture(setting);
                    break;
                case "Test Setup":
                    defaults.Setup = Fixture(setting);
                    break;
                case "Test Teardown":
                    defaults.Teardown = Fixture(setting);
                    break;
                case "Test Timeout":
                    defaults.Timeout = setting.SingleValue;
                    break;
                case "Test Template":
                    defaults.Template = setting.SingleValue is null ? null : string.Join(' ', setting.Values);
                    break;
                case "Default Tags":
                    defaults.DefaultTags = setting.Values;
                    break;
                case "Test Tags":
                    WarnAboutHyphens(file, setting);
                    defaults.Tags = setting.Values;
                    break;
            }
        }

        ApplyImportsAndVariables(file, suite.Resource);
    }

    private void WarnAboutHyphens(SuiteFile file, Setting setting)
    {
        foreach (var tag in setting.Values.Where(tag => tag.StartsWith('-')))
        {
            Report(
                file.Source,
                setting.Line,
                $"Setting tags starting with a hyphen like '{tag}' using the 'Test Tags' setting is deprecated. In Robot Framework 8.0 this syntax "
                + $"will be used for removing tags. Escape the tag like '\\{tag}' to use the literal value and to avoid this warning.",
                warning: true);
        }
    }

    private static void ApplyImportsAndVariables(SuiteFile file, ResourceFile resource)
    {
        foreach (var setting in file.Settings)
        {
            var values = setting.Values;
            var name = values.Count > 0 ? values[0] : null;
            switch (setting.Name)
            {
                case "Library":
                    var marked = values.Count > 2 && TitleCase.NormalizeSpaces(values[^2]) is "WITH NAME" or "AS";
                    resource.Imports.Add(new Import(
                        ImportKind.Library, name, [.. values.Skip(1).SkipLast(marked ? 2 : 0)], marked ? values[^1] : null, setting.Line));
                    break;
                case "Resource":
                    resource.Imports.Add(new Import(ImportKind.Resource, name, [], null, setting.Line));
                    break;
                case "Variables":
                    resource.Imports.Add(new Import(ImportKind.Variables, name, [.. values.Skip(1)], null, setting.Line));
                    break;
            }
        }

        resource.Variables.AddRange(file.Variables);
    }

    private TestCase BuildTest(NamedBlock block, Suite suite, TestDefaults defaults)
    {
        var test = new TestCase
        {
            Name = block.Name,
            Line = block.Line,
            Parent = suite,
            Timeout = defaults.EffectiveTimeout,
            Template = defaults.Template,
            Setup = defaults.EffectiveSetup,
            Teardown = defaults.EffectiveTeardown,
        };
        test.Tags.Add(defaults.EffectiveTags);
        var hasTags = false;
        foreach (var setting in block.Settings)
        {
            switch (setting.Name)
            {
                case "Documentation":
                    test.Documentation = TextValue.Join(setting.Cells);
                    break;
                case "Metadata":
                    test.Metadata[setting.Values.Count > 0 ? setting.Values[0] : ""] = TextValue.Join([.. setting.Cells.Skip(1)]);
                    break;
                case "Setup":
                    test.Setup = Fixture(setting);
                    break;
                case "Teardown":
                    test.Teardown = Fixture(setting);
                    break;
                case "Timeout":
                    test.Timeout = setting.SingleValue;
                    break;
                case "Template":
                    test.Template = setting.SingleValue;
                    break;
                case "Tags":
                    test.Tags.AddOrRemove(setting.Values, log);
                    hasTags = true;
                    break;
            }
        }

        if (!hasTags)
        {
            test.Tags.Add(defaults.DefaultTags);
        }

        test.Body.AddRange(block.Body);
        if (!string.IsNullOrEmpty(test.Template))
        {
            Templates.Apply(test.Body, test.Template);
        }

        return test;
    }

    private void BuildKeywords(SuiteFile file, ResourceFile resource)
    {
        var common = file.Settings.FirstOrDefault(setting => setting.Name == "Keyword Tags")?.Values ?? [];
        var seen = new NormalizedDictionary<UserKeyword>("_");
        foreach (var block in file.Keywords)
        {
            var keyword = BuildKeyword(block, resource, common);
            if (keyword.Embedded is null && seen.TryGet(keyword.Name, out var first))
            {
                first.Error = "Keyword with same name defined multiple times.";
                ReportKeyword(keyword, first.Error);
                continue;
            }

            if (keyword.Embedded is null)
            {
                seen[keyword.Name] = keyword;
            }

            resource.Keywords.Add(keyword);
        }
    }

    private UserKeyword BuildKeyword(NamedBlock block, ResourceFile resource, IReadOnlyList<string> tags)
    {
        var keyword = new UserKeyword { Name = block.Name, Line = block.Line, Owner = resource };
        keyword.Tags.Add(tags);
        if (block.Name.Length == 0)
        {
            keyword.Error = "User keyword name cannot be empty.";
        }
        else if (!EmbeddedName.TryParse(block.Name, out var embedded, out var error))
        {
            keyword.Error = error;
        }
        else
        {
            keyword.Embedded = embedded;
        }

        if (keyword.Error is not null)
        {
            ReportKeyword(keyword, keyword.Error);
        }

        IReadOnlyList<string>? returned = null;
        foreach (var setting in block.Settings)
        {
            switch (setting.Name)
            {
                case "Documentation":
                    keyword.Documentation = TextValue.Join(setting.Cells);
                    break;
                case "Arguments":
                    ReadArguments(keyword, setting);
                    break;
                case "Tags":
                    keyword.Tags.AddOrRemove(setting.Values, log);
                    break;
                case "Timeout":
                    keyword.Timeout = setting.SingleValue;
                    break;
                case "Setup":
                    keyword.Setup = Fixture(setting);
                    break;
                case "Teardown":
                    keyword.Teardown = Fixture(setting);
                    break;
                case "Return":
                    Report(
                        resource.Source,
                        setting.Line,
                        "The '[Return]' setting is deprecated. Use the 'RETURN' statement instead.",
                        warning: true);
                    returned = setting.Values;
                    break;
            }
        }

        keyword.Body.AddRange(block.Body);
        if (returned is { Count: > 0 })
        {
            keyword.Body.Add(new ReturnStep { Values = returned });
        }

        return keyword;
    }

    private void ReadArguments(UserKeyword keyword, Setting setting)
    {
        var errors = new List<string>();
        var arguments = UserArguments.Read(setting.Values, errors);
        if (errors.Count == 0)
        {
            keyword.Arguments = arguments;
            return;
        }

        keyword.Error = "Invalid argument specification: " + ErrorList.Format(errors);
        Report(keyword.Owner.Source, setting.Line, $"Creating keyword '{keyword.Name}' failed: {keyword.Error}");
    }

    private void ReportKeyword(UserKeyword keyword, string error) =>
        Report(keyword.Owner.Source, keyword.Line, $"Creating keyword '{keyword.Name}' failed: {error}");
}
