using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ChatGenius.Contracts.Errors;
using ChatGenius.Contracts.Realtime;

namespace ChatGenius.DocsTests;

public sealed partial class ProtocolTests
{
    /// <summary>Words in the form of a code that are something else: OAuth's.</summary>
    static readonly string[] Foreign = ["grant_type", "client_id", "refresh_token", "access_token", "id_token", "expires_in", "offline_access", "error_description", "invalid_grant"];

    static readonly string Document = File.ReadAllText(Repository.Path("docs/protocol.md"));

    [Fact]
    public void EveryCloseCode_IsDocumentedAndEveryDocumentedOneExists()
    {
        var existing = typeof(CloseCode).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
            .Select(field => ((int)field.GetRawConstantValue()!).ToString(CultureInfo.InvariantCulture)).Order();

        var rows = CloseRows().Matches(Document).Select(match => match.Groups[1].Value).Order();

        Assert.Equal(existing, rows);
        Assert.All(CloseCodes().Matches(Document).Select(match => match.Value), code => Assert.Contains(code, existing));
    }

    [Fact]
    public void EveryCloseCode_IsDocumentedWithWhetherToComeBack()
    {
        foreach (Match row in CloseRows().Matches(Document))
        {
            var closing = CloseCode.Closing(int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture));
            Assert.StartsWith(closing.Reconnect ? "yes" : "no", row.Groups[2].Value, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void EveryDocumentedErrorCode_Exists()
    {
        var existing = ErrorCodes.All.Select(error => error.Code).ToHashSet();
        var named = ErrorForms().Matches(Document).Select(match => match.Groups[1].Value).Except(Foreign).ToArray();

        Assert.NotEmpty(named);
        Assert.All(named, code => Assert.Contains(code, existing));
    }

    [Fact]
    public void EveryErrorCodeOfTheTable_HasTheStatusItIsSaidToHave()
    {
        var rows = ErrorRows().Matches(Document);
        Assert.NotEmpty(rows);
        foreach (Match row in rows)
        foreach (Match code in Quoted().Matches(row.Groups["codes"].Value))
        {
            var error = ErrorCodes.All.SingleOrDefault(error => error.Code == code.Groups[1].Value);
            Assert.True(error is not null, $"{code.Value} is no error code.");
            Assert.Equal(error.Status.ToString(CultureInfo.InvariantCulture), row.Groups["status"].Value);
        }
    }

    [Fact]
    public void EveryMethodAndEventOfTheHub_IsDocumented()
    {
        foreach (var method in typeof(IChatHub).GetMethods().Concat(typeof(IChatClient).GetMethods()))
            Assert.Contains($"`{method.Name}(", Document, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\| (\d{4}) \|[^|]*\| ([^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex CloseRows();

    [GeneratedRegex(@"\b40\d\d\b")]
    private static partial Regex CloseCodes();

    [GeneratedRegex("`([a-z]+(?:_[a-z]+)+)`")]
    private static partial Regex ErrorForms();

    [GeneratedRegex(@"^\| (?<codes>`[a-z_]+`(?:, `[a-z_]+`)*) \| (?<status>\d{3})\b", RegexOptions.Multiline)]
    private static partial Regex ErrorRows();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Quoted();
}
