using System.Runtime.CompilerServices;
using ChatGenius.Channels.Roles;

namespace ChatGenius.ChannelsTests;

[Collection(OnSqlite.Name)]
public sealed class RoleMatrixTests(SqliteService service)
{
    static readonly string[] s_kinds = [ChannelKind.Public, ChannelKind.Private, ChannelKind.Direct];
    static readonly Standing[] s_standings = [Standing.Owner, Standing.Moderator, Standing.Member, Standing.Outsider];

    [Fact]
    public void Matrix_Document_SaysWhatTheCodeDoes()
    {
        var document = s_kinds.SelectMany(kind => Table(kind).Select(row => $"{kind} {row}"));

        var code = from kind in s_kinds
                   from right in Enum.GetValues<Right>()
                   from standing in s_standings
                   select $"{kind} {right} {standing} {(RoleMatrix.Allows(kind, standing, right) ? "yes" : "no")}";

        Assert.Equal(code.Order(), document.Order());
    }

    public static TheoryData<string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string>();
        foreach (var kind in s_kinds[..2])
            foreach (var standing in s_standings)
                foreach (var right in Enum.GetValues<Right>())
                    cells.Add(kind, standing.ToString(), right.ToString());
        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Matrix_EveryCell_IsWhatTheServiceDoes(string kind, string standingName, string rightName)
    {
        var (standing, right) = (Enum.Parse<Standing>(standingName), Enum.Parse<Right>(rightName));
        var (owner, actor, other, newcomer) = (service.NewPerson(), service.NewPerson(), service.NewPerson(), service.NewPerson());
        var channel = await owner.NewChannelAsync(kind, standing == Standing.Outsider ? [other] : [actor, other]);
        if (standing > Standing.Member)
            (await owner.PutAsync(channel.Id, actor, standing.ToString().ToLowerInvariant())).Is(HttpStatusCode.OK);
        var role = right switch { Right.RemoveModerators => MemberRole.Moderator, Right.RemoveOwners => MemberRole.Owner, _ => MemberRole.Member };
        (await owner.PutAsync(channel.Id, other, role)).Is(HttpStatusCode.OK);

        var answer = await (right switch
        {
            Right.See => actor.GetAsync($"channels/{channel.Id}"),
            Right.Join => actor.PutAsync(channel.Id, actor),
            Right.Invite => actor.PutAsync(channel.Id, newcomer),
            Right.GiveRoles => actor.PutAsync(channel.Id, other, MemberRole.Moderator),
            Right.Rename => actor.ChangeAsync(channel.Id, new { name = Person.NewName() }),
            Right.SetTopic => actor.ChangeAsync(channel.Id, new { topic = "other" }),
            Right.Archive => actor.ChangeAsync(channel.Id, new { archived = true }),
            Right.Keep => actor.KeepAsync(channel.Id, new { muted = true }),
            Right.Leave => actor.DeleteAsync(channel.Id, actor),
            _ => actor.DeleteAsync(channel.Id, other),
        });

        var isSeen = RoleMatrix.Allows(kind, standing, Right.See);
        // Who is a member already joins once more without effect; who is none has nothing to leave.
        var isAllowed = RoleMatrix.Allows(kind, standing, right) || (right == Right.Join && standing != Standing.Outsider);
        var expected = isAllowed ? null
            : !isSeen || right == Right.Leave ? "not_found"
            : standing == Standing.Outsider ? "not_a_member" : "forbidden";
        Assert.Equal((expected, isAllowed), (answer.Code, answer.Status == HttpStatusCode.OK));
    }

    [Fact]
    public async Task Administrator_InPublicChannels_StandsAsOwnerAndInOthersIsAnyone()
    {
        var (ann, bob, administrator) = (service.NewPerson(), service.NewPerson(), service.NewPerson(isAdministrator: true));
        var (open, closed) = (await ann.NewChannelAsync(ChannelKind.Public, bob), await ann.NewChannelAsync(ChannelKind.Private, bob));

        (await administrator.ChangeAsync(open.Id, new { name = Person.NewName(), archived = true })).Is(HttpStatusCode.OK);
        (await administrator.PutAsync(open.Id, bob, MemberRole.Owner)).Is(HttpStatusCode.OK);
        (await administrator.DeleteAsync(open.Id, ann)).Is(HttpStatusCode.OK);
        (await administrator.DeleteAsync(open.Id, administrator)).Is(HttpStatusCode.NotFound, "not_found");
        (await administrator.GetAsync($"channels/{closed.Id}")).Is(HttpStatusCode.NotFound, "not_found");
        (await administrator.ChangeAsync(closed.Id, new { archived = true })).Is(HttpStatusCode.NotFound, "not_found");
        (await ann.PutAsync(closed.Id, administrator)).Is(HttpStatusCode.OK);
        (await administrator.ChangeAsync(closed.Id, new { archived = true })).Is(HttpStatusCode.Forbidden, "forbidden");
    }

    static IEnumerable<string> Table(string kind, [CallerFilePath] string here = "")
    {
        var lines = File.ReadAllLines(Path.Combine(Path.GetDirectoryName(here)!, "../../docs/channels-roles.md"));
        var rows = lines.SkipWhile(l => !l.StartsWith("## ", StringComparison.Ordinal) || !l.Contains(kind, StringComparison.OrdinalIgnoreCase)).Skip(1)
            .TakeWhile(l => !l.StartsWith("## ", StringComparison.Ordinal)).Where(l => l.StartsWith('|')).Select(l => l.Split('|', StringSplitOptions.TrimEntries)[1..^1]).ToList();
        return from row in rows.Skip(2)
               from cell in rows[0].Skip(2).Zip(row.Skip(2))
               select $"{row[0].Trim('`')} {(cell.First == "Not a member" ? nameof(Standing.Outsider) : cell.First)} {(cell.Second.Length == 0 ? "no" : cell.Second)}";
    }
}
