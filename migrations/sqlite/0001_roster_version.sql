ALTER TABLE `workspaces` ADD `roster_version` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `accounts_user` ON `accounts` (`platform`,`user_id`);--> statement-breakpoint
CREATE INDEX `groups_of_chat` ON `groups` (`platform`,`account`,`chat_id`);--> statement-breakpoint
CREATE INDEX `updates_message` ON `updates` (`workspace`,`platform`,`message_id`);