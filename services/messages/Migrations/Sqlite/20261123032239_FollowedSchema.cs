using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatGenius.Messages.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FollowedSchema : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "schema",
                table: "followed_feeds",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "schema",
                table: "followed_feeds");
        }
    }
}
